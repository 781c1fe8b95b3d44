import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { reasonOf, UserError } from '../../errors/user-error.ts';
import { makeTemporaryFolder, temporaryRoot } from '../../system/temporary-folder.ts';
import type { BrowserProgram } from './program.ts';
import { readTar } from './untar.ts';

const packageName = '@sparticuz/chromium';

/** The system libraries that a bare machine lacks, fonts for a machine without any, and WebGL in software. */
const archives = ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'] as const;

/**
 * Finds the package, installed in one of the folders or above it, and inflates its browser into a cache folder.
 * @returns undefined when the package is not there or holds no browser for this machine.
 */
export async function preparePackagedChromium(fromFolders: readonly string[]): Promise<BrowserProgram | undefined> {
  // The package on npm holds the x64 build for Linux alone.
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  const packageFolder = await locatePackage(fromFolders);
  return packageFolder === undefined ? undefined : prepareChromiumOf(packageFolder);
}

/** Whether a folder is that of the package. */
export async function isPackageFolder(folder: string): Promise<boolean> {
  return access(browserOf(folder)).then(
    () => true,
    () => false,
  );
}

/** Inflates the browser of the package's folder. */
export async function prepareChromiumOf(packageFolder: string): Promise<BrowserProgram> {
  const folder = await inflateOnce(join(packageFolder, 'bin'), await hashFile(browserOf(packageFolder)));
  const { LD_LIBRARY_PATH, FONTCONFIG_FILE } = process.env;
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'lib'), LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: FONTCONFIG_FILE ?? join(folder, fontsConfig.file),
    },
  };
}

function browserOf(packageFolder: string): string {
  return join(packageFolder, 'bin', 'chromium.br');
}

/** Names the unpacked browser by what it is: another package of the same version must not be run in its place later. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex').slice(0, 16);
}

async function locatePackage(fromFolders: readonly string[]): Promise<string | undefined> {
  for (const from of fromFolders) {
    try {
      const main = createRequire(join(from, 'from.js')).resolve(packageName);
      const folder = dirname(dirname(main));
      if (await isPackageFolder(folder)) {
        return folder;
      }
    } catch {
      // Not installed there; the next folder may have it.
    }
  }
  return undefined;
}

/** The folder with the inflated browser. Several processes may do this at once: each works apart, the first one's folder stays. */
async function inflateOnce(binFolder: string, hash: string): Promise<string> {
  const folder = join(temporaryRoot(), `visual-capture-chromium-${hash}-${process.getuid?.() ?? 0}`);
  if (await isOurs(folder)) {
    return folder;
  }
  const staging = await makeTemporaryFolder('chromium');
  try {
    await inflate(binFolder, staging.path);
    await rename(staging.path, folder);
    return folder;
  } catch (error) {
    await staging[Symbol.asyncDispose]();
    if (await isOurs(folder)) {
      return folder;
    }
    throw new UserError(
      `The packaged Chromium could not be unpacked to ${folder}: ${reasonOf(error)}`,
      'Make room for 220 MB there and remove a folder of that name that is not yours, or set TMPDIR to another folder.',
      { cause: error },
    );
  }
}

/** The folder's name can be guessed and the temporary folder is everyone's, so only what this user made is run. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(folder);
    const isPrivateFolder = (mode & 0o170_000) === 0o040_000 && (mode & 0o022) === 0;
    return isPrivateFolder && uid === process.getuid?.();
  } catch {
    return false;
  }
}

async function inflate(binFolder: string, folder: string): Promise<void> {
  await Promise.all([
    pipeline(
      createReadStream(join(binFolder, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(folder, 'chromium'), { mode: 0o755 }),
    ),
    ...archives.map(async (file) => {
      const archive = await promisify(brotliDecompress)(await readFile(join(binFolder, file)));
      for (const { path, mode, bytes } of readTar(archive)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), bytes, { mode });
      }
    }),
    writeFile(join(folder, fontsConfig.file), fontsConfig.text),
  ]);
}

/** The machine's fonts as they are set up there, and below them the package's own for a machine without any. */
const fontsConfig = {
  file: 'visual-capture-fonts.conf',
  text: `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`,
};
