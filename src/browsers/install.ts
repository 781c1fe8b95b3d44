import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Browser, type BrowserPlatform, computeExecutablePath, getDownloadUrl, install } from '@puppeteer/browsers';
import type { ArchiveLimits } from '../archive/limits.ts';
import { unpackZipFile } from '../archive/unpack-zip.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import { fieldOf } from '../basics/record.ts';
import { isUserError, reasonOf, systemCodeOf, UserError } from '../errors/user-error.ts';
import { sha256Form } from '../system/sha256.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import { type DownloadPorts, download } from './download.ts';

/** A build of Chrome for one system. */
export interface Build {
  readonly version: string;
  readonly platform: BrowserPlatform;
}

/** A browser in the cache. */
export interface Installed {
  /** The program. */
  readonly path: string;
  /** SHA-256 of the archive that it came in, in hex. */
  readonly sha256: string;
}

/** Chrome's archives have 180 MB: ten minutes are 300 kB a second. */
const bounds = { limitMs: 600_000, maxBytes: 1024 ** 3 } as const;

/** An unpacked Chrome has 400 MB in 300 files, 5,000 with its bundles on macOS; those are full of links. */
const archiveLimits: ArchiveLimits = {
  archiveBytes: bounds.maxBytes,
  entries: 50_000,
  entryBytes: 1024 ** 3,
  totalBytes: 3 * 1024 ** 3,
  pathLength: 300,
  links: true,
};

/** Lies in the folder of a build: what it came in. A folder without it is not used. */
const noteFile = 'visual-capture.json';

/** The build, if the cache has the whole of it. */
export async function findInstalled(cacheFolder: string, build: Build): Promise<Installed | undefined> {
  const path = programOf(cacheFolder, build);
  try {
    const sha256 = fieldOf(JSON.parse(await readFile(join(folderOf(cacheFolder, build), noteFile), 'utf8')), 'sha256');
    const isThere = (await lstat(path)).isFile();
    return isThere && typeof sha256 === 'string' && sha256Form.test(sha256) ? { path, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Downloads a build into the cache. Several processes may do this at once: each works in a folder of its own, which is given
 * its place in one step, and the first one stays. `check` sees the archive's hash before anything of it is unpacked.
 * @throws NotDownloaded, UserError
 */
export async function installBuild(
  cacheFolder: string,
  build: Build,
  baseUrl: string | undefined,
  ports: DownloadPorts,
  check: (sha256: string) => void,
): Promise<Installed> {
  const staging = await makeStaging(cacheFolder);
  try {
    const archive = join(staging.path, 'archive.zip');
    const url = getDownloadUrl(Browser.CHROME, build.platform, build.version, baseUrl);
    const sha256 = await download(url, bounds, ports, (bytes) => save(bytes, archive));
    check(sha256);
    await unpack(archive, staging.path, build, url);
    ports.signal.throwIfAborted();
    await writeFile(join(folderOf(staging.path, build), noteFile), `${JSON.stringify({ sha256 })}\n`);
    return await moveIn(staging.path, cacheFolder, build);
  } catch (error) {
    throw explainDisk(error, cacheFolder);
  } finally {
    await staging[Symbol.asyncDispose]();
  }
}

/** Beside the builds, because what is moved there must come from the same disk. */
async function makeStaging(cacheFolder: string): ReturnType<typeof makeTemporaryFolder> {
  try {
    await mkdir(cacheFolder, { recursive: true });
    return await makeTemporaryFolder('browser', cacheFolder);
  } catch (error) {
    throw explainDisk(error, cacheFolder);
  }
}

/** Writes the file and returns its SHA-256. */
async function save(bytes: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(
    bytes,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path),
  ).catch((error: unknown) => {
    throw isOfDisk(error) ? explainDisk(error, dirname(path)) : error;
  });
  return hash.digest('hex');
}

async function unpack(archive: string, cacheFolder: string, build: Build, url: URL): Promise<void> {
  const folder = folderOf(cacheFolder, build);
  await mkdir(folder, { recursive: true });
  try {
    await unpackZipFile(archive, folder, archiveLimits);
    await rm(archive);
    // It is there, so nothing is downloaded: the library looks for the program, and on Windows lets Chrome set its sandbox up.
    await install({ browser: Browser.CHROME, buildId: build.version, platform: build.platform, cacheDir: cacheFolder });
  } catch (error) {
    if (isOfDisk(error)) {
      throw error;
    }
    const reason = error instanceof UnreadableArchive ? error.message : 'it does not hold Chrome where its program should be';
    throw new UserError(
      `The archive of Chrome ${build.version} from ${url.host} cannot be used: ${reason}.`,
      'Run the job again. If it stays, the host does not serve Chrome for Testing as it was published: use another mirror, or set browser: system.',
      { cause: error },
    );
  }
}

async function moveIn(staging: string, cacheFolder: string, build: Build): Promise<Installed> {
  const [from, to] = [folderOf(staging, build), folderOf(cacheFolder, build)];
  await mkdir(dirname(to), { recursive: true });
  for (let tried = 0; ; tried += 1) {
    try {
      await rename(from, to);
    } catch (error) {
      const faster = await findInstalled(cacheFolder, build);
      if (faster !== undefined) {
        return faster;
      }
      if (tried > 0) {
        throw error;
      }
      // What is no whole browser makes way.
      await rename(to, join(staging, 'broken'));
      continue;
    }
    const installed = await findInstalled(cacheFolder, build);
    if (installed !== undefined) {
      return installed;
    }
    throw new Error(`${to} is gone again`);
  }
}

/** The library's own places: `<cache>/chrome/<platform>-<version>`. */
function programOf(cacheDir: string, { version, platform }: Build): string {
  return computeExecutablePath({ browser: Browser.CHROME, buildId: version, platform, cacheDir });
}

function folderOf(cacheFolder: string, { version, platform }: Build): string {
  return join(cacheFolder, Browser.CHROME, `${platform}-${version}`);
}

function isOfDisk(error: unknown): boolean {
  return /^(?:ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EMFILE|ENOTEMPTY|EIO)$/.test(systemCodeOf(error));
}

function explainDisk(error: unknown, cacheFolder: string): unknown {
  return isUserError(error) || !isOfDisk(error)
    ? error
    : new UserError(
        `A browser could not be kept in ${cacheFolder}: ${reasonOf(error)}`,
        'Make room for 600 MB there, and let this user write to it. It lies in RUNNER_TOOL_CACHE on a runner, else in the cache folder of the user.',
        { cause: error },
      );
}
