import { hideSecrets } from '../../address/hide-secrets.ts';
import { parseJson } from '../../basics/parse-json.ts';
import { basicCredentials, type GitRemote, remoteSecrets } from '../remote.ts';
import {
  type LfsAction,
  type LfsOperation,
  lfsMediaType,
  type ObjectAnswer,
  parseBatch,
  readMessage,
  renderBatch,
} from './batch.ts';
import { lfsEndpoint } from './endpoint.ts';
import { exchange, type LfsAnswer } from './http.ts';
import { LfsError } from './lfs-error.ts';
import { describeObject, type LfsObject } from './pointer.ts';

/** The Git LFS server of a repository. Every method throws LfsError, and the signal's reason when it aborts. */
export interface LfsServer {
  /** Where it is asked, without a trailing slash. */
  readonly endpoint: URL;
  /** Sends what the server does not have yet. */
  upload(contents: readonly Uint8Array[]): Promise<void>;
  /** Fetches one content and checks that it is the one. */
  download(object: LfsObject): Promise<Uint8Array>;
}

/** Most objects of one batch; GitHub takes no more. */
const batchSize = 100;
/** How many are sent at a time, as git-lfs does. */
const uploadsAtATime = 8;
/** A batch or a verification that takes longer will not be answered. */
const answerLimits = { timeoutMs: 30_000, maxBytes: 2_000_000 };
/** For pictures of a few megabytes, and a manifest of 10,000 baselines. */
const transferLimits = { timeoutMs: 120_000, maxBytes: 50_000_000 };

/**
 * The Git LFS server of a remote, for what is on its way to `ref`. The token goes to the repository's own server alone:
 * where objects are kept, the headers that the server gives for them say who asks.
 * @throws LfsError when the remote has no address to speak to.
 */
export function connectLfs(remote: GitRemote, { ref, signal }: { ref: string; signal?: AbortSignal }): LfsServer {
  const endpoint = lfsEndpoint(remote.url);
  const { token } = remote;
  const json = { accept: lfsMediaType, 'content-type': lfsMediaType };
  const batch: LfsAction = {
    href: new URL(`${endpoint.href}/objects/batch`),
    headers: { ...json, ...(token === undefined ? {} : { authorization: `Basic ${basicCredentials(token)}` }) },
  };

  async function ask(operation: LfsOperation, objects: readonly LfsObject[]): Promise<Map<string, ObjectAnswer>> {
    const body = renderBatch(operation, ref, objects);
    const answer = await exchange({ method: 'POST', action: batch, body, ...answerLimits, signal });
    if (answer.status !== 200) {
      throw explainStatus(answer, endpoint.host);
    }
    return parseBatch(answer.body.toString('utf8'), operation, objects);
  }

  async function send(
    bytes: Uint8Array,
    { sha256: oid, sizeBytes: size }: LfsObject,
    answer: ObjectAnswer | undefined,
  ): Promise<void> {
    if (answer === undefined || answer.kind === 'there') {
      return;
    }
    if (answer.kind === 'refused') {
      throw new LfsError('refused', `Git LFS at ${endpoint.host} refused an object of ${size} bytes: ${answer.reason}`);
    }
    const { transfer, verify } = answer;
    const put = { href: transfer.href, headers: { 'content-type': 'application/octet-stream', ...transfer.headers } };
    checkDone(await exchange({ method: 'PUT', action: put, body: bytes, ...transferLimits, signal }), put);
    if (verify !== undefined) {
      const post = { href: verify.href, headers: { ...json, ...verify.headers } };
      const body = JSON.stringify({ oid, size });
      checkDone(await exchange({ method: 'POST', action: post, body, ...answerLimits, signal }), post);
    }
  }

  /** What a server says may hold what it was sent. */
  async function withoutSecrets<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw error instanceof LfsError
        ? new LfsError(error.fault, hideSecrets(error.message, remoteSecrets(remote)), { cause: error.cause })
        : error;
    }
  }

  return {
    endpoint,
    upload: (contents) =>
      withoutSecrets(async () => {
        const described = contents.map((bytes) => ({ bytes, object: describeObject(bytes) }));
        for (const batched of slices(described, batchSize)) {
          const answers = await ask(
            'upload',
            batched.map(({ object }) => object),
          );
          for (const now of slices(batched, uploadsAtATime)) {
            await Promise.all(now.map(({ bytes, object }) => send(bytes, object, answers.get(object.sha256))));
          }
        }
      }),
    download: (object) =>
      withoutSecrets(async () => {
        const answer = (await ask('download', [object])).get(object.sha256);
        if (answer?.kind !== 'transfer') {
          const reason = answer?.kind === 'refused' ? `: ${answer.reason}` : '';
          throw new LfsError('refused', `Git LFS at ${endpoint.host} has no such object${reason}`);
        }
        const { transfer } = answer;
        const got = await exchange({ method: 'GET', action: transfer, ...transferLimits, signal });
        checkDone(got, transfer);
        if (describeObject(got.body).sha256 !== object.sha256) {
          throw new LfsError('refused', `${transfer.href.host} gave another object than the one that was asked for`);
        }
        return got.body;
      }),
  };
}

function checkDone(answer: LfsAnswer, { href }: LfsAction): void {
  if (answer.status < 200 || answer.status >= 300) {
    throw new LfsError('refused', `${href.host} refused an object (${describeStatus(answer)})`);
  }
}

/** How servers say that they have no Git LFS; also by a page, or by leading elsewhere. */
const unsupportedStatuses: readonly number[] = [404, 405, 406, 410, 415, 501];

function explainStatus(answer: LfsAnswer, host: string): LfsError {
  const { status } = answer;
  const said = describeStatus(answer);
  if (status === 401 || status === 403) {
    return new LfsError('forbidden', `Git LFS at ${host} refused (${said})`);
  }
  return status < 400 || unsupportedStatuses.includes(status)
    ? new LfsError('unsupported', `${host} offers no Git LFS for this repository (${said})`)
    : new LfsError('refused', `Git LFS at ${host} refused (${said})`);
}

function describeStatus({ status, body }: LfsAnswer): string {
  const message = readMessage(parseJson(body.toString('utf8')));
  return `HTTP ${status}${message === undefined ? '' : `: ${message}`}`;
}

function slices<T>(items: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));
}
