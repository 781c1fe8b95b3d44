import { parseJson } from '../../basics/parse-json.ts';
import { isRecord } from '../../basics/record.ts';
import { oneLine, shorten } from '../../basics/text.ts';
import { isSafe } from './endpoint.ts';
import { LfsError } from './lfs-error.ts';
import type { LfsObject } from './pointer.ts';

/** Form of the batch API (https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md). */
export const lfsMediaType = 'application/vnd.git-lfs+json';

export type LfsOperation = 'upload' | 'download';

/** A request that the server asks for. */
export interface LfsAction {
  readonly href: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is to be done with an object. */
export type ObjectAnswer =
  /** Nothing: the server has it. */
  | { readonly kind: 'there' }
  | { readonly kind: 'transfer'; readonly transfer: LfsAction; readonly verify?: LfsAction }
  | { readonly kind: 'refused'; readonly reason: string };

export function renderBatch(operation: LfsOperation, ref: string, objects: readonly LfsObject[]): string {
  return JSON.stringify({
    operation,
    transfers: ['basic'],
    ref: { name: ref },
    objects: objects.map(({ sha256: oid, sizeBytes: size }) => ({ oid, size })),
    hash_algo: 'sha256',
  });
}

/**
 * Reads the answer to a batch, by the object's hash. An object that it leaves out is refused.
 * @throws LfsError when it is none.
 */
export function parseBatch(text: string, operation: LfsOperation, objects: readonly LfsObject[]): Map<string, ObjectAnswer> {
  const answer = parseJson(text);
  const listed = isRecord(answer) && Array.isArray(answer['objects']) ? answer['objects'].filter(isRecord) : undefined;
  if (listed === undefined || !isRecord(answer) || (answer['transfer'] ?? 'basic') !== 'basic') {
    throw new LfsError('unsupported', 'the server gave no answer that Git LFS knows');
  }
  return new Map(
    objects.map(({ sha256 }): [string, ObjectAnswer] => {
      const one = listed.find(({ oid }) => oid === sha256);
      return [
        sha256,
        one === undefined ? { kind: 'refused', reason: 'the server says nothing of it' } : readObject(one, operation),
      ];
    }),
  );
}

function readObject(object: Record<string, unknown>, operation: LfsOperation): ObjectAnswer {
  const error = object['error'];
  if (isRecord(error)) {
    return { kind: 'refused', reason: `${readMessage(error) ?? 'no reason is given'} (${Number(error['code'])})` };
  }
  const actions = isRecord(object['actions']) ? object['actions'] : {};
  if (actions[operation] === undefined) {
    return operation === 'upload' ? { kind: 'there' } : { kind: 'refused', reason: 'the server does not say where it is' };
  }
  const transfer = readAction(actions[operation]);
  const verify = actions['verify'] === undefined ? undefined : readAction(actions['verify']);
  if (transfer === undefined || (actions['verify'] !== undefined && verify === undefined)) {
    return { kind: 'refused', reason: 'the server names an address that is not https' };
  }
  return { kind: 'transfer', transfer, ...(verify === undefined ? {} : { verify }) };
}

/** What the connection itself decides. */
const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding'];

function readAction(value: unknown): LfsAction | undefined {
  const href = isRecord(value) ? value['href'] : undefined;
  const header = isRecord(value) && isRecord(value['header']) ? value['header'] : {};
  const headers = Object.entries(header).map(([name, text]): [string, string] => [name.toLowerCase(), String(text)]);
  const url = typeof href === 'string' && URL.canParse(href) ? new URL(href) : undefined;
  return url === undefined || !isSafe(url)
    ? undefined
    : { href: url, headers: Object.fromEntries(headers.filter(([name]) => !ownHeaders.includes(name))) };
}

/** The words of an error of the API's, on one line; undefined: it has none. */
export function readMessage(error: unknown): string | undefined {
  const message = isRecord(error) ? error['message'] : undefined;
  return typeof message === 'string' && message !== '' ? shorten(oneLine(message), 300) : undefined;
}
