import { createHash } from 'node:crypto';
import { access, constants, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBrowser } from '../../src/browsers/index.ts';
import type { UserError } from '../../src/errors/user-error.ts';
import { browserKey } from '../../src/results/downloaded-browser.ts';
import { systemClock } from '../../src/system/clock.ts';
import type { Clock } from '../../src/system/ports.ts';
import {
  archivePath,
  type BrowserMirror,
  chromeArchive,
  executable,
  link,
  programIn,
  startBrowserMirror,
} from '../helpers/browser-mirror.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { makeZip } from '../helpers/zip.ts';

const version = '154.0.8100.2';
const system = `${process.platform} ${process.arch}`;
const archive = chromeArchive(version);
const sha256 = createHash('sha256').update(archive).digest('hex');
const pinned = { kind: 'version', version } as const;

let mirror: BrowserMirror;
let root = '';

beforeEach(async () => {
  mirror = await startBrowserMirror({ [version]: archive });
  root = await mkdtemp(join(tmpdir(), 'browsers-'));
});
afterEach(async () => {
  await mirror[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

interface Given {
  readonly known?: ReadonlyMap<string, string>;
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

function open(
  choice: Parameters<typeof openBrowser>[0] = pinned,
  { known = new Map(), env = {}, clock = systemClock, signal }: Given = {},
) {
  return openBrowser(choice, known, {
    log: silentLog,
    clock,
    env: { RUNNER_TOOL_CACHE: root, PUPPETEER_CHROME_DOWNLOAD_BASE_URL: mirror.url, ...env },
    signal: signal ?? new AbortController().signal,
  });
}

/** How it failed, as its reader sees it. */
async function failure(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown as UserError,
  );
  return `${error?.message}\n${error?.fix}`;
}

const cache = (): string => join(root, 'visual-capture-browsers');
/** Whatever is in the cache that could be taken for a browser, and what is left of downloads. */
const kept = async (): Promise<string[]> => {
  const builds = await readdir(join(cache(), 'chrome')).catch(() => []);
  const others = (await readdir(cache()).catch(() => [])).filter((name) => name !== 'chrome');
  return [...builds, ...others];
};

describe('a version', () => {
  it('is downloaded once, and taken from the cache from then on', async () => {
    const first = await open();
    const again = await open();
    expect(mirror.asked).toEqual([archivePath(version)]);
    expect(again).toEqual(first);
    expect(first).toMatchObject({ version, platform: system, sha256 });
    await access(first.path, constants.X_OK);
    expect(await readFile(`${first.path}.txt`, 'utf8')).toBe(version);
    expect(await kept()).toHaveLength(1);
  });

  it('needs no host when it is in the cache', async () => {
    const { path } = await open();
    await mirror[Symbol.asyncDispose]();
    expect((await open()).path).toBe(path);
    mirror = await startBrowserMirror();
  });

  it('is whole for two that download it at once, and stays that of the one who was faster', async () => {
    // Neither gets a byte before both have asked, and the slower one none before the faster one has its browser.
    const both = Promise.withResolvers<void>();
    const faster = Promise.withResolvers<void>();
    mirror.answer = (_, response) => {
      const waitedFor = mirror.asked.length === 1 ? both : faster;
      void waitedFor.promise.then(() => response.end(archive));
      if (mirror.asked.length === 2) {
        both.resolve();
      }
    };
    const opening = [open(), open()];
    const first = await Promise.race(opening);
    const { ino } = await stat(first.path);
    faster.resolve();
    const [one, other] = await Promise.all(opening);
    expect(mirror.asked).toHaveLength(2);
    expect(one).toEqual(other);
    await access(first.path, constants.X_OK);
    // It may be running by now.
    expect((await stat(first.path)).ino).toBe(ino);
    expect(await kept()).toHaveLength(1);
  });

  it('takes the place of what is no whole browser', async () => {
    const { path } = await open();
    await rm(path);
    expect((await open()).path).toBe(path);
    await access(path, constants.X_OK);
    expect(mirror.asked).toHaveLength(2);
    expect(await kept()).toHaveLength(1);
  });

  it('clears away what a download left whose process was killed', async () => {
    // No process has this id: Linux gives none above 2^22, macOS none above 99,999.
    const left = join(cache(), 'visual-capture-00000000-99999999-browser-abc');
    await mkdir(left, { recursive: true });
    await utimes(left, 0, 0);
    await open();
    expect(await kept()).toHaveLength(1);
  });

  it('comes through a host that sends its visitors on', async () => {
    await using other = await startBrowserMirror({ [version]: archive });
    mirror.answer = ({ url }, response) => response.writeHead(302, { location: `${other.url}${url}` }).end();
    expect((await open()).sha256).toBe(sha256);
  });
});

describe('a download that does not come', () => {
  it.each<[string, () => void, string]>([
    [
      'is cut off',
      () => {
        mirror.answer = (_, response) => {
          response.writeHead(200, { 'content-length': archive.length });
          response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
        };
      },
      'could not be downloaded from',
    ],
    [
      'ends early without saying how long it should be',
      () => {
        mirror.answer = (_, response) => response.end(archive.subarray(0, archive.length / 2));
      },
      'cannot be used: it is no zip archive, or its end is missing',
    ],
    [
      'is refused, as by a proxy',
      () => {
        mirror.answer = (_, response) => response.writeHead(403).end('no');
      },
      'it answered 403',
    ],
    [
      'is sent on to an address that is not https',
      () => {
        mirror.answer = (_, response) => response.writeHead(302, { location: 'http://mirror.example/chrome.zip' }).end();
      },
      'to an address that is not https',
    ],
    [
      'is sent on without end',
      () => {
        mirror.answer = (_, response) => response.writeHead(302, { location: '/again' }).end();
      },
      'sent the request on more than 5 times',
    ],
    [
      'holds no browser',
      () => void mirror.archives.set(version, makeZip([{ path: 'readme.txt', content: 'x' }])),
      'does not hold Chrome',
    ],
    [
      'leads out of its folder',
      () => void mirror.archives.set(version, makeZip([executable(programIn(version), '#!'), link('evil', '../../../..')])),
      '"evil" in it is a link that leads elsewhere',
    ],
  ])('because it %s says so, and leaves no half browser', async (_, prepare, message) => {
    prepare();
    const said = await failure(open());
    expect(said).toContain(message);
    expect(said).toContain(version);
    expect(said).toContain(mirror.host);
    expect(said).toContain('browser: system');
    expect(await kept()).toEqual([]);
    mirror.answer = undefined;
    mirror.archives.set(version, archive);
    expect((await open()).sha256).toBe(sha256);
  });

  it('because there is no such version says so', async () => {
    const said = await failure(open({ kind: 'version', version: '154.0.1.1' }));
    expect(said).toContain(
      `browser: chrome@154.0.1.1 could not be downloaded: ${mirror.host} has no such version for this system`,
    );
    expect(await kept()).toEqual([]);
  });

  it('because nothing listens says so', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const said = await failure(open(pinned, { env: { PUPPETEER_CHROME_DOWNLOAD_BASE_URL: `http://127.0.0.1:${port}` } }));
    expect(said).toContain(`could not be downloaded from 127.0.0.1:${port}: the connection was refused`);
  });

  it('because the proxy refuses it says so', async () => {
    const proxy = createServer().on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    proxy.listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const said = await failure(open(pinned, { env: { PUPPETEER_CHROME_DOWNLOAD_BASE_URL: 'https://mirror.example' } }));
    proxy.close();
    expect(said).toContain('could not be downloaded from mirror.example: Proxy response (403)');
  });

  it('because the host is silent is waited for only so long', async () => {
    mirror.answer = () => {};
    const said = await failure(open(pinned, { clock: impatient(30_000) }));
    expect(said).toContain('it took longer than 30 s');
  });

  it('because the host stalls is waited for only so long', async () => {
    const begun = Promise.withResolvers<void>();
    mirror.answer = (_, response) => response.write(archive.subarray(0, 10), () => begun.resolve());
    const said = await failure(open(pinned, { clock: impatient(600_000, begun.promise) }));
    expect(said).toContain('it took longer than 600 s');
    expect(await kept()).toEqual([]);
  });

  it('because the job was cancelled ends at once', async () => {
    const job = new AbortController();
    mirror.answer = () => job.abort(new Error('the job was cancelled'));
    await expect(open(pinned, { signal: job.signal })).rejects.toThrow('the job was cancelled');
    expect(await kept()).toEqual([]);
  });

  it('because the cache cannot be written says where', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    const said = await failure(open(pinned, { env: { RUNNER_TOOL_CACHE: file } }));
    expect(said).toContain(`A browser could not be kept in ${join(file, 'visual-capture-browsers')}`);
    expect(mirror.asked).toEqual([]);
  });
});

describe('an archive with another hash than the manifest tells', () => {
  const other = new Map([[browserKey({ version, platform: system }), 'f'.repeat(64)]]);

  it('is refused before anything of it is unpacked', async () => {
    const said = await failure(open(pinned, { known: other }));
    expect(said).toContain(`chrome@${version} is not the browser that the baselines were taken with`);
    expect(said).toContain('f'.repeat(64));
    expect(said).toContain(sha256);
    expect(await kept()).toEqual([]);
  });

  it('is refused in the cache as well', async () => {
    await open();
    expect(await failure(open(pinned, { known: other }))).toContain(`that was downloaded to ${cache()}`);
  });

  it('is taken where the manifest tells of another system', async () => {
    const elsewhere = new Map([[browserKey({ version, platform: 'darwin arm64x' }), 'f'.repeat(64)]]);
    expect((await open(pinned, { known: elsewhere })).sha256).toBe(sha256);
  });
});

describe('stable', () => {
  it('is what the host says, which is asked at the start of each run', async () => {
    expect((await open({ kind: 'stable' })).version).toBe(version);
    await open({ kind: 'stable' });
    const versions = '/last-known-good-versions.json';
    expect(mirror.asked).toEqual([versions, archivePath(version), versions]);
  });

  it.each([
    ['is refused', 403, '', 'could not be looked up at', 'it answered 403'],
    ['gives no version', 200, '<html>Sign in</html>', 'could not be looked up at', 'tells of no stable version'],
  ])('says what to do where the host %s', async (_, status, body, ...messages) => {
    mirror.answer = (_request, response) => response.writeHead(status).end(body);
    const said = await failure(open({ kind: 'stable' }));
    for (const message of [...messages, mirror.host, 'such as browser: chrome@154.0.8100.2', 'browser: system']) {
      expect(said).toContain(message);
    }
  });
});

/** A clock for which so long a wait is over once something has happened, and every other one never. */
function impatient(delayMs: number, happened: Promise<void> = Promise.resolve()): Clock {
  return {
    ...systemClock,
    nowMs: () => 0,
    date: () => new Date(0),
    sleep: (wantedMs, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (wantedMs === delayMs) {
          void happened.then(() => setImmediate(resolve));
        }
      }),
  };
}
