import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One artifact as it was stored. */
export interface StoredArtifact {
  readonly id: number;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly request: Readonly<Record<string, unknown>>;
}

export interface ArtifactServer extends AsyncDisposable {
  /** What the runner would set for the artifact client. */
  readonly env: { readonly ACTIONS_RESULTS_URL: string; readonly ACTIONS_RUNTIME_TOKEN: string };
  /** Where blobs are served from. */
  readonly origin: string;
  /** Finished uploads, in their order. */
  readonly stored: readonly StoredArtifact[];
  /** Puts an artifact there as another job of the run would have. */
  put(name: string, bytes: Uint8Array): StoredArtifact;
  /** Where the bytes of an artifact can be fetched, as GitHub signs it. */
  signedUrl(id: number): string;
  readonly deleted: readonly string[];
}

export interface ArtifactServerOptions {
  /** Names that an earlier job or attempt took. */
  readonly taken?: readonly string[];
  /** Answers every call with this error of the service instead. */
  readonly refuse?: { readonly status: number; readonly msg: string };
}

/**
 * The results service of GitHub Actions on 127.0.0.1: Twirp calls in JSON, and blobs sent by the Azure client in blocks
 * (Put Block, Put Block List) or whole (Put Blob), and fetched again by signed addresses.
 */
export async function startArtifactServer({ taken = [], refuse }: ArtifactServerOptions = {}): Promise<ArtifactServer> {
  const names = new Set(taken);
  const deleted: string[] = [];
  const stored: StoredArtifact[] = [];
  const requests = new Map<string, Record<string, unknown>>();
  const blocks = new Map<string, Map<string, Buffer>>();
  const blobs = new Map<string, Buffer>();

  const calls: Readonly<Record<string, (request: Record<string, unknown>) => [status: number, body: object]>> = {
    CreateArtifact: (request) => {
      const name = String(request['name']);
      if (names.has(name)) {
        return [409, { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' }];
      }
      names.add(name);
      requests.set(name, request);
      return [200, { ok: true, signedUploadUrl: `${origin}/blob/${encodeURIComponent(name)}?sig=secret-signature` }];
    },
    FinalizeArtifact: (request) => {
      const name = String(request['name']);
      const { id } = store(name, blobs.get(name) ?? Buffer.alloc(0));
      return [200, { ok: true, artifactId: String(id) }];
    },
    ListArtifacts: (request) => {
      // The client writes the names of the protocol's own description.
      const { name_filter: nameFilter, id_filter: idFilter } = request;
      const earlier = [...names]
        .filter((name) => !stored.some((artifact) => artifact.name === name))
        .map((name) => ({ ...ids, databaseId: '7', name, size: '1' }));
      const here = stored
        .filter(({ name }) => names.has(name))
        .map(({ id, name, bytes }) => ({
          ...ids,
          databaseId: String(id),
          name,
          size: String(bytes.length),
          createdAt: '2026-03-02T10:00:00Z',
          digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
        }));
      const artifacts = [...earlier, ...here].filter(
        ({ name, databaseId }) =>
          (nameFilter === undefined || nameFilter === name) && (idFilter === undefined || idFilter === databaseId),
      );
      return [200, { artifacts }];
    },
    GetSignedArtifactURL: (request) => {
      const artifact = stored.findLast(({ name }) => name === request['name']);
      return artifact === undefined ? [404, { msg: 'no such artifact' }] : [200, { signedUrl: signedUrl(artifact.id) }];
    },
    DeleteArtifact: (request) => {
      const name = String(request['name']);
      names.delete(name);
      deleted.push(name);
      return [200, { ok: true, artifactId: '7' }];
    },
  };

  function store(name: string, bytes: Uint8Array): StoredArtifact {
    const artifact = { id: 1000 + stored.length, name, bytes, request: requests.get(name) ?? {} };
    names.add(name);
    stored.push(artifact);
    return artifact;
  }

  function signedUrl(id: number): string {
    return `${origin}/download/${id}?sig=secret-signature`;
  }

  function sendBlob(id: number, response: ServerResponse): void {
    const artifact = stored.find((one) => one.id === id);
    if (artifact === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { name, bytes } = artifact;
    response
      .writeHead(200, {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}.zip"; filename*=UTF-8''${encodeURIComponent(name)}.zip`,
      })
      .end(bytes);
  }

  function putBlob(url: URL, body: Buffer): void {
    const name = decodeURIComponent(url.pathname.slice('/blob/'.length));
    const parts = blocks.get(name) ?? new Map<string, Buffer>();
    blocks.set(name, parts);
    switch (url.searchParams.get('comp')) {
      case 'block':
        parts.set(url.searchParams.get('blockid') ?? '', body);
        break;
      case 'blocklist': {
        const order = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1] ?? '');
        blobs.set(name, Buffer.concat(order.map((id) => parts.get(id) ?? Buffer.alloc(0))));
        break;
      }
      default:
        blobs.set(name, body);
    }
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    const url = new URL(incoming.url ?? '', origin);
    if (url.pathname.startsWith('/download/')) {
      sendBlob(Number(url.pathname.slice('/download/'.length)), response);
      return;
    }
    if (url.pathname.startsWith('/blob/')) {
      putBlob(url, body);
      response.writeHead(201, { 'x-ms-request-id': '1', etag: '"1"', 'last-modified': new Date().toUTCString() }).end();
      return;
    }
    const method = url.pathname.split('/').at(-1) ?? '';
    const call = calls[method];
    const [status, answer] =
      refuse !== undefined
        ? [refuse.status, { code: 'refused', msg: refuse.msg }]
        : call === undefined
          ? [404, { msg: 'no such call' }]
          : call(JSON.parse(body.toString()));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => response.writeHead(500).end(JSON.stringify({ msg: String(error) })));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { ACTIONS_RESULTS_URL: `${origin}/`, ACTIONS_RUNTIME_TOKEN: runtimeToken },
    origin,
    stored,
    deleted,
    put: store,
    signedUrl,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const ids = { workflowRunBackendId: 'run-backend-id', workflowJobRunBackendId: 'job-backend-id' };
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** The client reads the ids of run and job from the token's scope. */
const runtimeToken = `${base64({ alg: 'none' })}.${base64({ scp: `Actions.Results:${ids.workflowRunBackendId}:${ids.workflowJobRunBackendId}` })}.signature`;
