import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findBrowser } from '../../../src/engine/browser/find.ts';
import { preparePackagedChromium } from '../../../src/engine/browser/packaged.ts';
import { UserError } from '../../../src/errors/user-error.ts';
import { sha256 } from '../../../src/system/sha256.ts';

let folder: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packaged-'));
  temporary = join(folder, 'tmp');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Where the browser that is this script is unpacked to. */
function cacheOf(script: string): string {
  const hash = sha256(brotliCompressSync(script)).slice(0, 16);
  return join(temporary, `visual-capture-chromium-${hash}-${process.getuid?.()}`);
}

const script = '#!/bin/sh\n';

/** A package of the same layout as the real one, with a script in place of the browser. */
async function installPackage(browser = script, project = 'project'): Promise<string> {
  const root = join(folder, project);
  const packageFolder = join(root, 'node_modules/@sparticuz/chromium');
  await mkdir(join(packageFolder, 'bin'), { recursive: true });
  await mkdir(join(packageFolder, 'build'), { recursive: true });
  const manifest = { name: '@sparticuz/chromium', version: '1.2.3', type: 'module', exports: { '.': './build/index.js' } };
  await writeFile(join(packageFolder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(packageFolder, 'build/index.js'), '');
  const file = async (name: string, bytes: Uint8Array | string): Promise<void> =>
    writeFile(join(packageFolder, 'bin', name), brotliCompressSync(bytes));
  await file('chromium.br', browser);
  await file('al2023.tar.br', tar('lib/libnss3.so', 'nss'));
  await file('fonts.tar.br', tar('fonts/Open_Sans/OpenSans.ttf', 'font'));
  await file('swiftshader.tar.br', tar('libGLESv2.so', 'gl'));
  return root;
}

/** A tar archive (POSIX ustar) with one file. */
function tar(path: string, text: string): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000755\0', 100);
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  const body = Buffer.alloc(512);
  body.write(text);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

test('inflates the browser with its libraries and fonts, found from a folder below the installation', async () => {
  const root = await installPackage();
  const program = await preparePackagedChromium([folder, join(root, 'dist/engine')]);
  expect(program?.path).toMatch(/^.*\/visual-capture-chromium-[0-9a-f]{16}-\d+\/chromium$/);
  const cache = join(program!.path, '..');
  expect((await stat(program!.path)).mode & 0o111).not.toBe(0);
  expect(await readFile(join(cache, 'lib/libnss3.so'), 'utf8')).toBe('nss');
  expect(await readFile(join(cache, 'fonts/Open_Sans/OpenSans.ttf'), 'utf8')).toBe('font');
  expect(program!.env['LD_LIBRARY_PATH']?.split(':')[0]).toBe(join(cache, 'lib'));
  expect(await readFile(program!.env['FONTCONFIG_FILE']!, 'utf8')).toContain('/etc/fonts/fonts.conf');
});

test('many at once leave one whole folder', async () => {
  const root = await installPackage();
  const programs = await Promise.all(Array.from({ length: 8 }, () => preparePackagedChromium([root])));
  expect(new Set(programs.map((program) => program?.path)).size).toBe(1);
  expect(await readdir(temporary)).toHaveLength(1);
});

test('runs nothing that somebody else may have put there', async () => {
  const root = await installPackage();
  const planted = join(folder, 'planted');
  await mkdir(planted);
  await symlink(planted, cacheOf(script));
  await expect(preparePackagedChromium([root])).rejects.toThrow(UserError);

  await rm(cacheOf(script));
  const open = cacheOf(script);
  await mkdir(open);
  await writeFile(join(open, 'chromium'), 'planted');
  await chmod(open, 0o777);
  await expect(preparePackagedChromium([root])).rejects.toThrow(UserError);
  expect(await readdir(temporary)).toHaveLength(1);
});

test('another browser of the same version is not run in the place of the one that was unpacked before', async () => {
  const first = await preparePackagedChromium([await installPackage()]);
  const second = await preparePackagedChromium([await installPackage('#!/bin/sh\nexit 1\n', 'other')]);
  expect(second?.path).not.toBe(first?.path);
  expect(await readFile(second!.path, 'utf8')).toContain('exit 1');
});

test('browser-path may name the folder of the package', async () => {
  const root = await installPackage();
  const { path } = await findBrowser(join(root, 'node_modules/@sparticuz/chromium'), [], []);
  expect(path).toBe(join(cacheOf(script), 'chromium'));
});

test('a project without the package has no browser of it', async () => {
  expect(await preparePackagedChromium([folder])).toBeUndefined();
});
