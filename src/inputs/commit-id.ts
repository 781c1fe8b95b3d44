import { text, type ValueType } from './value-types.ts';

/** A commit by its full id, of SHA-1 or SHA-256: a branch or a short id may mean another one tomorrow. */
export const commitId: ValueType<string> = {
  ...text,
  parse: (raw) => {
    const id = String(raw).trim().toLowerCase();
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id)
      ? { value: id }
      : { problem: `must be the full id of a commit, 40 hexadecimal digits, not ${JSON.stringify(raw)}` };
  },
  schema: { type: 'string', pattern: '^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$' },
  placeholder: 'ID',
};
