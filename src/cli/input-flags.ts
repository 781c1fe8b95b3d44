import type { Invocation } from '../inputs/load.ts';
import type { InputName } from '../inputs/spec.ts';
import { commandLineInputNames, inputSpec, isInputName } from '../inputs/spec.ts';
import type { Arguments, Flag, Flags } from './arguments.ts';
import type { Terminal } from './command.ts';

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

/** The flags as what a run or its plan is loaded from. The key may stand in the environment instead. */
export function readInvocation(args: Arguments, { env }: Terminal, purpose: Invocation['purpose']): Invocation {
  const key = env[apiKeyVariable];
  const values: Invocation['values'] = new Map([...(key === undefined ? [] : [['api-key', key] as const]), ...inputValues(args)]);
  return { values, env, fork: false, purpose };
}
