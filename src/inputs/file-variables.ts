import { captureApiOf, serviceNames } from '../services/registry.ts';
import type { ProcessVariables } from './expand-variables.ts';
import { headerLines } from './header-lines.ts';
import { type InputName, inputNames, inputSpec } from './spec.ts';

/** The environment as the config file may use it. */
export interface FileVariables {
  /** Undefined: there is no such variable, or it is withheld. */
  read(name: string): string | undefined;
  /** The same for what a secret setting is set to, which may be a variable that is there for it alone. */
  readFor(setting: InputName, name: string): string | undefined;
  /** Whether a variable comes from the invocation as a secret, whatever names it. */
  isWithheld(name: string): boolean;
  /** Why a variable is not there, and what to do. */
  explainMissing(name: string): string;
}

/** Variables that hold the key of a service: they are there for the setting `api-key`. */
const keyVariables: readonly string[] = serviceNames.map((name) => captureApiOf(name).key.secret);

/** By which GitHub hands tokens and inputs to the step. */
const ofGithub = /^(INPUT_.*|ACTIONS_.*|GITHUB_TOKEN|GH_TOKEN)$/i;

/** Shorter values are words that stand in a variable by chance. */
const shortestSecret = 8;

/**
 * Somebody who writes a pull request writes its config file, and must not be able to have a page of theirs sent a secret
 * of the run. So these are withheld: what GitHub hands over, the key, and what holds a secret of the invocation under
 * another name.
 */
export function fileVariables(env: ProcessVariables, invocation: ReadonlyMap<InputName, string>): FileVariables {
  const { keys, headers } = secretsOf(invocation);
  const holdsSecret = (value: string): boolean => headers.includes(value.trim()) || keys.some((key) => value.includes(key));
  const isWithheld = (name: string): boolean =>
    ofGithub.test(name) || keyVariables.includes(name) || holdsSecret(env[name] ?? '');
  return {
    read: (name) => (isWithheld(name) ? undefined : env[name]),
    readFor: (setting, name) => (isWithheld(name) && !isOwn(setting, name) ? undefined : env[name]),
    isWithheld,
    explainMissing: (name) =>
      isWithheld(name)
        ? `\${${name}} holds a secret of the run, which is kept from the config file so that no page is sent it. Hand what the file needs over in a variable with a value of its own`
        : `\${${name}} is not set in the environment. Set it with env: on the step, or write $\${${name}} for the text itself`,
  };
}

function isOwn(setting: InputName, variable: string): boolean {
  return setting === 'api-key' && keyVariables.includes(variable);
}

/** An address may hold the value of a header as well, and is no secret as a whole; of a key it never does. */
function secretsOf(invocation: ReadonlyMap<InputName, string>): { keys: readonly string[]; headers: readonly string[] } {
  const headers = headerLines.parse(invocation.get('page-headers') ?? '');
  const values = 'value' in headers ? Object.values(headers.value) : [];
  const keys = inputNames
    .filter((name) => inputSpec(name).secret === true && name !== 'page-headers')
    .map((name) => invocation.get(name)?.trim() ?? '');
  return {
    keys: keys.filter((key) => key.length >= shortestSecret),
    headers: values
      .flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)])
      .filter((value) => value.length >= shortestSecret),
  };
}
