import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LfsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface LfsAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Batch {
  readonly operation: 'upload' | 'download';
  readonly objects: readonly { readonly oid: string; readonly size: number }[];
}

export interface LfsServerOptions {
  /** Answers a batch in place of the server. */
  readonly batch?: (batch: Batch) => LfsAnswer;
  /** The error of an object, if it has one. */
  readonly errorOf?: (oid: string) => { readonly code: number; readonly message: string } | undefined;
  /** What storage answers to an upload. Default: 200. */
  readonly uploadStatus?: number;
  /** Whether uploads are to be verified. Default: true. */
  readonly verify?: boolean;
}

export interface LfsServer extends AsyncDisposable {
  /** By hash, in hex. */
  readonly objects: Map<string, Buffer>;
  /** By which the storage knows those whom the batch has sent. */
  readonly storageKey: string;
  /** What was asked of the storage, which has an origin of its own. */
  readonly storageRequests: readonly LfsRequest[];
  /** What was asked of the batch API. */
  readonly batchRequests: readonly LfsRequest[];
  /** The batch API, for the server of the repository: what is asked below `/info/lfs`. */
  answer(request: LfsRequest): LfsAnswer;
}

const mediaType = 'application/vnd.git-lfs+json';

/**
 * A Git LFS server as GitHub has one: the batch API is the repository's own, and the objects are kept at another origin
 * that takes nobody without the headers that the batch gives.
 */
export async function startLfsServer(options: LfsServerOptions = {}): Promise<LfsServer> {
  const objects = new Map<string, Buffer>();
  const storageRequests: LfsRequest[] = [];
  const batchRequests: LfsRequest[] = [];
  const storageKey = 'RemoteAuth signed-for-this-object';

  const storage = createServer((incoming, response) => {
    readLfsRequest(incoming)
      .then((request) => {
        storageRequests.push(request);
        const { status, body } = answerStorage(request);
        response.writeHead(status).end(body);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  storage.listen(0, '127.0.0.1');
  await once(storage, 'listening');
  const origin = `http://127.0.0.1:${(storage.address() as AddressInfo).port}`;

  const storageAnswers: Readonly<Record<string, (oid: string, request: LfsRequest) => { status: number; body?: Buffer }>> = {
    'PUT objects': (oid, { body }) => {
      if (createHash('sha256').update(body).digest('hex') !== oid) {
        return { status: 422 };
      }
      objects.set(oid, body);
      return { status: options.uploadStatus ?? 200 };
    },
    'GET objects': (oid) => {
      const content = objects.get(oid);
      return content === undefined ? { status: 404 } : { status: 200, body: content };
    },
    'POST verify': (_, { headers, body }) => {
      const { oid, size } = JSON.parse(body.toString()) as { oid: string; size: number };
      return { status: headers['content-type'] === mediaType && objects.get(oid)?.length === size ? 200 : 404 };
    },
  };

  function answerStorage(request: LfsRequest): { status: number; body?: Buffer } {
    const [, kind = '', oid = ''] = request.path.split('/');
    const known = request.headers.authorization === storageKey;
    return known ? (storageAnswers[`${request.method} ${kind}`]?.(oid, request) ?? { status: 404 }) : { status: 403 };
  }

  const action = (path: string): object => ({
    href: `${origin}/${path}`,
    header: { Authorization: storageKey },
    expires_in: 3600,
  });

  return {
    objects,
    storageKey,
    storageRequests,
    batchRequests,
    answer: (request) => {
      batchRequests.push(request);
      const { method, path, headers, body } = request;
      if (
        method !== 'POST' ||
        !path.endsWith('/objects/batch') ||
        headers.accept !== mediaType ||
        headers['content-type'] !== mediaType
      ) {
        return { status: 404, body: { message: 'Not found' } };
      }
      const batch = JSON.parse(body.toString()) as Batch;
      const given = options.batch?.(batch);
      if (given !== undefined) {
        return given;
      }
      const actions = (oid: string): object => {
        const there = objects.has(oid);
        if (batch.operation === 'download') {
          return there
            ? { actions: { download: action(`objects/${oid}`) } }
            : { error: { code: 404, message: 'Object does not exist' } };
        }
        const verify = options.verify === false ? {} : { verify: action('verify') };
        return there ? {} : { actions: { upload: action(`objects/${oid}`), ...verify } };
      };
      return {
        status: 200,
        headers: { 'content-type': mediaType },
        body: {
          transfer: 'basic',
          objects: batch.objects.map(({ oid, size }) => {
            const error = options.errorOf?.(oid);
            return { oid, size, authenticated: true, ...(error === undefined ? actions(oid) : { error }) };
          }),
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      storage.closeAllConnections();
      storage.close();
      await once(storage, 'close');
    },
  };
}

async function readLfsRequest(incoming: IncomingMessage): Promise<LfsRequest> {
  const body = Buffer.concat(await incoming.toArray());
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body };
}
