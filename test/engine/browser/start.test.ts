import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../../src/engine/browser/find.ts';
import { launchBrowser } from '../../../src/engine/browser/launch.ts';
import { UserError } from '../../../src/errors/user-error.ts';
import type { Log } from '../../../src/system/ports.ts';
import { silentLog } from '../../helpers/silent-log.ts';
import { browserPath } from '../../helpers/test-browser.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'browser-start-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

async function thrownBy(work: Promise<unknown>): Promise<UserError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return thrown as UserError;
}

test('an installed browser comes before the packaged one, and one that was named before both', async () => {
  const named = await script('my-chrome', 'exit 0');
  const installed = await script('google-chrome', 'exit 0');
  expect(await findBrowser(undefined, [process.cwd()], [join(folder, 'none'), installed])).toMatchObject({ path: installed });
  expect(await findBrowser(named, [process.cwd()], [installed])).toMatchObject({ path: named });
});

test('what cannot be run is no browser', async () => {
  const notExecutable = join(folder, 'chromium');
  await writeFile(notExecutable, '');
  expect((await findBrowser(undefined, [process.cwd()], [folder, notExecutable])).path).not.toContain(folder);
  const thrown = await thrownBy(findBrowser(folder, [], []));
  expect(thrown.message).toBe(`browser-path names no program that can be run: ${folder}`);
  expect(thrown.fix).toContain('Install Google Chrome');
});

test('no browser at all is one error that says how to get one', async () => {
  const thrown = await thrownBy(findBrowser(undefined, [folder], []));
  expect(thrown.message).toBe('The built-in engine needs a browser, and none was found on this machine.');
  expect(thrown.fix).toContain('npm install --save-dev @sparticuz/chromium');
});

test.each([
  [
    'a missing library is named',
    'echo "chrome: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2; exit 127',
    'this system lacks libnss3.so.',
  ],
  [
    'the fatal line is told',
    'echo "[1:INFO] hello" >&2; echo "[1:FATAL:main.cc(1)] no memory" >&2; exit 1',
    'FATAL:main.cc(1)] no memory',
  ],
  ['silence is told as such', 'exit 0', 'it ended at once and said nothing'],
])('a browser that does not start: %s', async (_, text, message) => {
  const path = await script('chrome', text);
  const thrown = await thrownBy(launchBrowser({ program: { path, env: {} }, proxyUrl: undefined, log: silentLog }));
  expect(thrown.message).toContain(`The browser ${path} could not be started: `);
  expect(thrown.message).toContain(message);
});

test('a browser that is given no sandbox runs without one, with a warning', async () => {
  const refuse =
    'case "$*" in *--no-sandbox*) ;; *) echo "[1:FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox!" >&2; exit 134;; esac';
  const path = await script('chrome', `${refuse}\nexec "${browserPath}" "$@"`);
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (line) => warnings.push(line) };
  const browser = await launchBrowser({ program: { path, env: {} }, proxyUrl: undefined, log });
  await browser.close();
  // Root never has one, which is nothing to warn of.
  expect(warnings).toHaveLength(process.getuid?.() === 0 ? 0 : 1);
});
