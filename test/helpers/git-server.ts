import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LfsRequest, LfsServer } from './lfs-server.ts';

const run = promisify(execFile);

export interface GitRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Bytes that were sent and received, as they went over the wire. */
  readonly sentBytes: number;
  receivedBytes: number;
}

export interface GitServerOptions {
  /** May read and write. */
  readonly token?: string;
  /** May only read; a push with it is answered 403, as GitHub does. */
  readonly readToken?: string;
  /** Whether everyone may read. Default: false, when there is a token. */
  readonly publicRead?: boolean;
  /** Called before each push is taken, e.g. to be faster than it. */
  readonly beforePush?: (repository: string) => Promise<void>;
  /** Git LFS of the repository. Default: none, which is answered with 404. */
  readonly lfs?: Pick<LfsServer, 'answer'>;
  /** Shell text of a pre-receive hook; it reads `old new ref` lines. */
  readonly preReceive?: string;
}

export interface GitServer extends AsyncDisposable {
  /** Of the one repository, e.g. `http://127.0.0.1:1234/octo/site.git`. */
  readonly url: string;
  readonly origin: string;
  /** The repository's folder. */
  readonly repository: string;
  readonly requests: readonly GitRequest[];
  /** Runs git in the repository, as its administrator would. */
  git(...args: readonly string[]): Promise<string>;
  /** Makes a commit of these files on a ref, besides what is there, without the network. */
  commit(ref: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string>;
}

/** A real `git http-backend` with one empty repository behind HTTP on 127.0.0.1, with GitHub's kind of authentication. */
export async function startGitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const root = await mkdtemp(join(tmpdir(), 'git-server-'));
  const repository = join(root, 'octo', 'site.git');
  await run('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', repository]);
  await appendFile(join(repository, 'config'), serverSettings);
  const git = async (...args: readonly string[]): Promise<string> =>
    (await run('git', ['-C', repository, ...args], { env: administrator, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
  if (options.preReceive !== undefined) {
    await mkdir(join(repository, 'hooks'));
    await writeFile(join(repository, 'hooks', 'pre-receive'), `#!/bin/sh\n${options.preReceive}\n`, { mode: 0o755 });
  }
  const backend = join(await programsFolder, 'git-http-backend');
  const requests: GitRequest[] = [];

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray());
    const url = new URL(incoming.url ?? '', 'http://localhost');
    const request: GitRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      sentBytes: body.length,
      receivedBytes: 0,
    };
    requests.push(request);
    const asksLfs = url.pathname.includes('/info/lfs/');
    const status = decideAccess(incoming.headers.authorization, asksLfs || asksToPush(url), options);
    if (status !== 200) {
      refuse(response, status);
      return;
    }
    if (asksLfs) {
      answerLfs({ ...request, body }, response, options.lfs);
      return;
    }
    if (url.pathname.endsWith('/git-receive-pack')) {
      await options.beforePush?.(repository);
    }
    const answer = await callBackend(backend, root, incoming, url, body);
    request.receivedBytes = answer.body.length;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}/octo/site.git`,
    origin,
    repository,
    requests,
    git,
    commit: (ref, files) => commitFiles(repository, ref, files),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await rm(root, { recursive: true, force: true });
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {});
  response.end(status === 403 ? 'Permission to octo/site.git denied to github-actions[bot].' : '');
}

function asksToPush({ pathname, searchParams }: URL): boolean {
  return pathname.endsWith('/git-receive-pack') || searchParams.get('service') === 'git-receive-pack';
}

function answerLfs(request: LfsRequest, response: ServerResponse, lfs: GitServerOptions['lfs']): void {
  const { status, headers, body } = lfs?.answer(request) ?? { status: 404 };
  response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
}

const identity = { NAME: 'Octo', EMAIL: 'octo@example.com' };
const administrator = {
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  ...Object.fromEntries(
    Object.entries(identity).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]),
  ),
};

/** What GitHub's servers allow. */
const serverSettings = `[http]
  receivepack = true
[uploadpack]
  allowFilter = true
  allowAnySHA1InWant = true
`;

/** Where git keeps the programs that are not on the PATH. */
const programsFolder = run('git', ['--exec-path']).then(({ stdout }) => stdout.trim());

/** What GitHub does: 401 to strangers, 403 to those who may only read and push. */
function decideAccess(header: string | undefined, writes: boolean, options: GitServerOptions): number {
  const { token, readToken, publicRead = token === undefined && readToken === undefined } = options;
  const given = tokenOf(header);
  if (given !== undefined && given === token) {
    return 200;
  }
  if (given !== undefined && given === readToken) {
    return writes ? 403 : 200;
  }
  if (publicRead && !writes && given === undefined) {
    return 200;
  }
  return publicRead && token === undefined && readToken === undefined ? 200 : 401;
}

/** The token of a `basic` header for the user x-access-token, or of a `bearer` header. */
function tokenOf(header: string | undefined): string | undefined {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') {
    return value;
  }
  if (scheme.toLowerCase() !== 'basic') {
    return undefined;
  }
  const [user, password] = Buffer.from(value, 'base64').toString().split(':');
  return user === 'x-access-token' ? password : '';
}

interface BackendAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Runs the CGI program for one request. */
async function callBackend(
  backend: string,
  root: string,
  incoming: IncomingMessage,
  url: URL,
  body: Buffer,
): Promise<BackendAnswer> {
  const header = (name: string): string => String(incoming.headers[name] ?? '');
  const child = spawn(backend, [], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: incoming.method ?? 'GET',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REMOTE_USER: 'octo',
      REMOTE_ADDR: '127.0.0.1',
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      HTTP_GIT_PROTOCOL: header('git-protocol'),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {}).end(body);
  const output = Buffer.concat(await child.stdout.toArray());
  const end = output.indexOf('\r\n\r\n');
  const headers = Object.fromEntries(
    output
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line): [string, string] => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  );
  const { status = '200', ...rest } = headers;
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 4) };
}

/** One commit by `git fast-import`, which is one process however many files there are. */
async function commitFiles(
  repository: string,
  ref: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const env = { ...administrator, GIT_DIR: repository };
  const parent = await run('git', ['rev-parse', '--verify', '--quiet', ref], { env }).then(
    ({ stdout }) => `from ${stdout}`,
    () => '',
  );
  const { NAME, EMAIL } = identity;
  const contents = Object.entries(files).flatMap(([path, content]) => [`M 100644 inline ${path}\n`, ...dataOf(content)]);
  const child = run('git', ['fast-import', '--quiet', '--date-format=now'], { env });
  child.child.stdin?.end(
    Buffer.concat(
      [
        `commit ${ref}\nmark :1\ncommitter ${NAME} <${EMAIL}> now\n`,
        ...dataOf('Files'),
        parent,
        ...contents,
        'get-mark :1\n',
      ].map((part) => Buffer.from(part)),
    ),
  );
  return (await child).stdout.trim();
}

/** Bytes as fast-import reads them. */
function dataOf(content: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
}
