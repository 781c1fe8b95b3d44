import type { RequestListener } from 'node:http';
import { join, relative, sep } from 'node:path';
import { Browser, computeExecutablePath, detectBrowserPlatform, getDownloadUrl } from '@puppeteer/browsers';
import { serve } from './serve.ts';
import { shellWord } from './shell-word.ts';
import { browserPath } from './test-browser.ts';
import { makeZip, type ZipFile } from './zip.ts';

const platform = detectBrowserPlatform()!;

/** Where the program lies in the archive of a build for this system, as Chrome for Testing has it. */
export function programIn(version: string): string {
  const cacheDir = join('/', 'cache');
  const program = computeExecutablePath({ browser: Browser.CHROME, buildId: version, platform, cacheDir });
  return relative(join(cacheDir, 'chrome', `${platform}-${version}`), program)
    .split(sep)
    .join('/');
}

/**
 * An archive in the layout of Chrome for Testing. The program in it is a script that starts the browser of the tests, with
 * these flags of its own, so a real browser is behind it: an archive of its own would have 200 MB.
 */
export function chromeArchive(version: string, flags: readonly string[] = [], more: readonly ZipFile[] = []): Buffer {
  const script = `#!/bin/sh\nexec ${[browserPath, ...flags].map(shellWord).join(' ')} "$@"\n`;
  return makeZip([executable(programIn(version), script), { path: `${programIn(version)}.txt`, content: version }, ...more]);
}

/** A file of an archive that its owner may run. */
export function executable(path: string, content: string): ZipFile {
  return { path, content, declare: { externalAttributes: 0o100755 * 0x10000 } };
}

/** A symbolic link of an archive. */
export function link(path: string, target: string): ZipFile {
  return { path, content: target, declare: { externalAttributes: 0o120777 * 0x10000 } };
}

export interface BrowserMirror extends AsyncDisposable {
  /** For the variable that names it. */
  readonly url: string;
  readonly host: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  /** The archives by their versions; others are 404. */
  readonly archives: Map<string, Buffer>;
  stable: string;
  /** Answers in place of the mirror. */
  answer: RequestListener | undefined;
}

/** A host of browsers on loopback, with the paths that Chrome for Testing has. */
export async function startBrowserMirror(archives: Readonly<Record<string, Buffer>> = {}): Promise<BrowserMirror> {
  const asked: string[] = [];
  const builds = new Map(Object.entries(archives));
  const mirror = { stable: '154.0.8100.2', answer: undefined as RequestListener | undefined };
  const served = await serve((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    if (mirror.answer !== undefined) {
      mirror.answer(request, response);
      return;
    }
    if (path === '/last-known-good-versions.json') {
      response.end(JSON.stringify({ timestamp: '2026-11-20T00:00:00Z', channels: { Stable: { version: mirror.stable } } }));
      return;
    }
    const [version] = [...builds.keys()].filter((known) => path === archivePath(known));
    const archive = version === undefined ? undefined : builds.get(version);
    response.writeHead(archive === undefined ? 404 : 200, archive === undefined ? {} : { 'content-length': archive.length });
    response.end(archive);
  });
  return Object.assign(mirror, {
    url: served.url,
    host: new URL(served.url).host,
    asked,
    archives: builds,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  });
}

/** Where a mirror has the archive of a build for this system. */
export function archivePath(version: string): string {
  return getDownloadUrl(Browser.CHROME, platform, version, 'http://mirror').pathname;
}
