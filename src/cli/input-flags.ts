import type { InputName } from '../inputs/spec.ts';
import { commandLineInputNames, inputSpec, isInputName } from '../inputs/spec.ts';
import type { Arguments, Flag, Flags } from './arguments.ts';

/** Inputs as flags of the command line, from the one table of inputs. */
export function inputFlags(names: readonly InputName[] = commandLineInputNames): Flags {
  return Object.fromEntries(
    names.map((name): [string, Flag] => {
      const { type, description, default: fallback } = inputSpec(name);
      return [
        name,
        {
          description: fallback === undefined ? description : `${description} Default: ${fallback}.`,
          ...(type.placeholder === undefined ? {} : { placeholder: type.placeholder }),
          ...(name === 'urls' || type.placeholder === 'LIST' ? { repeatable: true } : {}),
        },
      ];
    }),
  );
}

/** The inputs among the flags that were given. */
export function inputValues({ flags }: Arguments): Map<InputName, string> {
  return new Map([...flags].flatMap(([name, value]): [InputName, string][] => (isInputName(name) ? [[name, value]] : [])));
}

/** The environment variable that keeps the key out of the process's arguments. */
export const apiKeyVariable = 'APISCREENSHOT_API_KEY';

/** Adds the key from the environment, unless one was given. */
export function withApiKey(
  values: Map<InputName, string>,
  env: Readonly<Record<string, string | undefined>>,
): Map<InputName, string> {
  const key = env[apiKeyVariable];
  return values.has('api-key') || key === undefined ? values : new Map([...values, ['api-key', key]]);
}
