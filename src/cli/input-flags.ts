import { docsUrl } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import type { Invocation } from '../inputs/load.ts';
import type { InputName } from '../inputs/spec.ts';
import { inputSpec, inputSpecs, invocationInputNames, isInputName } from '../inputs/spec.ts';
import { defaultApi } from '../services/registry.ts';
import type { Arguments, Flag, Flags } from './arguments.ts';
import type { Terminal } from './command.ts';

/** The environment variable that keeps the key out of the process's arguments. */
export const apiKeyVariable = defaultApi.key.secret;

/** Inputs as flags of the command line, from the one table of inputs. Those of the workflow alone say where they belong. */
export function inputFlags(names: readonly InputName[] = invocationInputNames): Flags {
  return Object.fromEntries(
    names.map((name): [string, Flag] => {
      const { type, description, default: fallback, stepOnly } = inputSpec(name);
      const documented = fallback === undefined ? description : `${description} Default: ${fallback}.`;
      return [
        name,
        {
          description:
            name === 'api-key' ? `${documented} Better kept in the environment variable ${apiKeyVariable}.` : documented,
          ...defined({ placeholder: type.placeholder, words: type.words }),
          ...(name === 'urls' || type.placeholder === 'LIST' ? { repeatable: true } : {}),
          ...(stepOnly === true ? { instead: (value: string) => explainStepOnly(name, value) } : {}),
        },
      ];
    }),
  );
}

function explainStepOnly(name: InputName, value: string): string | undefined {
  return name === 'mode'
    ? explainMode(value)
    : `--${name} can be read by everyone on this machine. Set the environment variable ${name.toUpperCase().replaceAll('-', '_')} instead.`;
}

/** Only the check is what a command here does; the other modes answer to what happens on GitHub. */
function explainMode(value: string): string | undefined {
  const mode = inputSpecs.mode.type.parse(value);
  if ('problem' in mode) {
    return `--mode ${mode.problem}.`;
  }
  switch (mode.value) {
    case 'check':
      return undefined;
    case 'accept':
      return `--mode accept runs in a workflow alone (${docsUrl('accepting.md')}). Here it is: visual-capture accept.`;
    case 'merge':
      return `--mode merge runs in a workflow alone (${docsUrl('shards.md')}).`;
    case 'publish':
      return `--mode publish runs in a workflow alone (${docsUrl('forks.md')}).`;
    case 'cleanup':
      return `--mode cleanup runs in a workflow alone (${docsUrl('pull-requests.md')}).`;
  }
}

/** The inputs among the flags that were given. */
export function inputValues({ flags }: Arguments): Map<InputName, string> {
  return new Map([...flags].flatMap(([name, value]): [InputName, string][] => (isInputName(name) ? [[name, value]] : [])));
}

/** The flags as what a run or its plan is loaded from. The key may stand in the environment instead. */
export function readInvocation(args: Arguments, { env }: Terminal, purpose: Invocation['purpose']): Invocation {
  const key = env[apiKeyVariable];
  const values = new Map([...(key === undefined ? [] : [['api-key', key] as const]), ...inputValues(args)]);
  const urls = [...splitTargets(values.get('urls') ?? ''), ...args.positionals];
  return {
    values: urls.length === 0 ? values : values.set('urls', urls.join('\n')),
    env,
    fork: false,
    purpose,
    apiKeyVariable,
  };
}

/**
 * The targets of `--urls`, separated by lines or commas. A comma separates only before what begins a target (`/`, a
 * scheme, or `name = …`): URLs may hold commas themselves.
 */
export function splitTargets(written: string): string[] {
  return written
    .split(/\n|,(?=\s*(?:[^\s,/?#:=][^,/?#:=]*=\s*)?(?:\/|https?:))/i)
    .map((target) => target.trim())
    .filter((target) => target !== '');
}
