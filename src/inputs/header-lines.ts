import type { ValueType } from './value-types.ts';

/** A header's name (RFC 9110, 5.1) and its value in printable characters. */
const headerLine = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\x20-\x7e]+)$/;
/** The connection's own business. */
const forbidden = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer']);

/** Lines of `Name: value`, by lower-case name. Nothing of a line is ever shown: its value is a secret. */
export const headerLines: ValueType<Readonly<Record<string, string>>> = {
  parse: (raw) => {
    const headers: Record<string, string> = {};
    const wrong: number[] = [];
    const lines = String(raw)
      .split('\n')
      .map((line) => line.trim());
    for (const [index, line] of lines.entries()) {
      if (line === '') {
        continue;
      }
      const [, name = '', value = ''] = headerLine.exec(line) ?? [];
      if (name === '' || forbidden.has(name.toLowerCase())) {
        wrong.push(index + 1);
      }
      headers[name.toLowerCase()] = value.trim();
    }
    if (wrong.length > 0) {
      const lines = wrong.length === 1 ? `line ${wrong[0]} is not, or names` : `lines ${wrong.join(', ')} are not, or name`;
      return { problem: `must be lines of "Name: value"; ${lines} a header that may not be sent` };
    }
    return { value: headers };
  },
  schema: { type: 'string' },
  placeholder: 'LINES',
};
