import { isRecord } from '../basics/record.ts';

export type ProcessVariables = Readonly<Record<string, string | undefined>>;

/** Variables by which GitHub hands tokens and inputs to the step; a config file must not be able to send them anywhere. */
const withheld = /^(INPUT_|ACTIONS_|GITHUB_TOKEN$)/i;

/** Why a variable is not there for a config file, and what to do. */
export function explainMissing(name: string): string {
  return withheld.test(name)
    ? `\${${name}} is kept from the config file, so that no page is sent a token of GitHub. Hand what is needed over in a variable of another name`
    : `\${${name}} is not set in the environment. Set it with env: on the step, or write $\${${name}} for the text itself`;
}

/** The value with every `${NAME}` replaced from the environment, and the names that could not be; `$${NAME}` stands for itself. */
export function expandEnvironment(value: unknown, env: ProcessVariables): { value: unknown; missing: readonly string[] } {
  const missing: string[] = [];
  const expand = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replace(/\$(\$?)\{([A-Za-z_]\w*)\}/g, (written, escaped: string, name: string) => {
        if (escaped !== '') {
          return written.slice(1);
        }
        const found = withheld.test(name) ? undefined : env[name];
        if (found === undefined) {
          missing.push(name);
        }
        return found ?? '';
      });
    }
    if (Array.isArray(part)) {
      return part.map(expand);
    }
    return isRecord(part) ? Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, expand(entry)])) : part;
  };
  return { value: expand(value), missing };
}
