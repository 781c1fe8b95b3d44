import { isRecord } from '../basics/record.ts';

export type ProcessVariables = Readonly<Record<string, string | undefined>>;

/**
 * The value with every `${NAME}` replaced by what `read` gives for it, and the names that it gives nothing for; `$${NAME}`
 * stands for itself. `found`: what it gave.
 */
export function expandVariables(
  value: unknown,
  read: (name: string) => string | undefined,
): { value: unknown; missing: readonly string[]; found: readonly string[] } {
  const missing: string[] = [];
  const put: string[] = [];
  const expand = (part: unknown): unknown => {
    if (typeof part === 'string') {
      return part.replace(/\$(\$?)\{([A-Za-z_]\w*)\}/g, (written, escaped: string, name: string) => {
        if (escaped !== '') {
          return written.slice(1);
        }
        const found = read(name);
        if (found === undefined) {
          missing.push(name);
        } else {
          put.push(found);
        }
        return found ?? '';
      });
    }
    if (Array.isArray(part)) {
      return part.map(expand);
    }
    return isRecord(part) ? Object.fromEntries(Object.entries(part).map(([key, entry]) => [key, expand(entry)])) : part;
  };
  return { value: expand(value), missing, found: put };
}
