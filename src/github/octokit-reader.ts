import { type GithubApi, readRefusal } from './api.ts';
import type { GithubReader } from './reader.ts';

/** Asks with the client of a workflow step, which repeats what GitHub holds back for a short time. */
export function readerOf(api: GithubApi): GithubReader {
  return async (path, query) => {
    try {
      const { data, headers } = await api.request(`GET ${path}`, query);
      return {
        kind: 'answer',
        data,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value === undefined ? undefined : String(value)]),
        ),
      };
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal === undefined) {
        throw error;
      }
      return { kind: 'refused', refusal };
    }
  };
}
