import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';
import { reasonOf, UserError } from '../../errors/user-error.ts';
import type { Log } from '../../system/ports.ts';
import { makeTemporaryFolder } from '../../system/temporary-folder.ts';
import { browserEnvironment } from './chrome-variables.ts';
import { readExtraKeys } from './extra-certificates.ts';
import { guardFlags, steadyFlags, trustFlags, withoutSandbox } from './flags.ts';
import type { BrowserProgram } from './program.ts';

export interface LaunchOptions {
  readonly program: BrowserProgram;
  /** All traffic goes through it; undefined: straight to the network. */
  readonly proxyUrl: string | undefined;
  readonly log: Log;
}

/** Chrome starts in under a second; a machine that is busy with builds gets a minute. Also the bound of one command. */
const timeoutMs = 60_000;
/** For the trial run after a failed start. */
const trialMs = 10_000;

/** What Chrome says on systems that let no program but their own build a sandbox (zygote_host_impl_linux.cc). */
const noSandbox = /no usable sandbox|namespace sandbox|setuid sandbox/i;

/**
 * Starts a headless browser. It is driven through a pipe, not a port: nobody else can reach it, and it ends when this
 * process does, however that ends.
 * @throws UserError when it cannot be started.
 */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { program, log } = options;
  // Chrome refuses to start as root with its sandbox.
  const sandbox = process.getuid?.() !== 0;
  try {
    return await start(options, sandbox);
  } catch (error) {
    const said = await tryOut(options, sandbox);
    if (!sandbox || !noSandbox.test(said)) {
      throw explain(program, said, error);
    }
  }
  log.warn(
    `This system gives ${program.path} no sandbox, so it runs without one. Capture only pages that you trust, ` +
      'or install Google Chrome from its own package, which brings a sandbox along.',
  );
  try {
    return await start(options, false);
  } catch (error) {
    throw explain(program, await tryOut(options, false), error);
  }
}

async function start(options: LaunchOptions, sandbox: boolean): Promise<Browser> {
  const trusted = trustFlags(await readExtraKeys(process.env)).map(({ flag }) => flag);
  // The driver's own would lie where no run clears it away that comes after a killed one.
  const profile = await makeTemporaryFolder('profile');
  const launching = puppeteer.launch({
    executablePath: options.program.path,
    userDataDir: profile.path,
    headless: true,
    pipe: true,
    args: [...flagsFor(options, sandbox), ...trusted],
    env: browserEnvironment(process.env, options.program.env),
    timeout: timeoutMs,
    protocolTimeout: timeoutMs,
    // Each capture sets its own.
    defaultViewport: null,
    // The run decides what a signal means.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const browser = await launching.catch(async (error: unknown) => {
    await profile[Symbol.asyncDispose]();
    throw error;
  });
  // At once, because this process may end next.
  browser.process()?.once('exit', () => removeAtOnce(profile.path));
  return browser;
}

function removeAtOnce(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A later run clears it away.
  }
}

function flagsFor({ proxyUrl }: LaunchOptions, sandbox: boolean): string[] {
  const flags = [...steadyFlags, ...(proxyUrl === undefined ? [] : guardFlags(proxyUrl)), ...(sandbox ? [] : [withoutSandbox])];
  return flags.map(({ flag }) => flag);
}

/** What the program says when it is run for itself; the driver keeps that to itself. */
async function tryOut(options: LaunchOptions, sandbox: boolean): Promise<string> {
  const { path, env } = options.program;
  const flags = [...flagsFor(options, sandbox), '--headless', '--dump-dom', 'about:blank'];
  const { promise, resolve } = Promise.withResolvers<string>();
  execFile(path, flags, { env: browserEnvironment(process.env, env), timeout: trialMs }, (_error, _stdout, stderr) =>
    resolve(stderr),
  );
  return promise;
}

function explain({ path }: BrowserProgram, said: string, cause: unknown): UserError {
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(said)?.[1];
  if (library !== undefined) {
    return new UserError(
      `The browser ${path} could not be started: this system lacks ${library}.`,
      'Install that library, or Google Chrome from its own package, which brings all that it needs.',
      { cause },
    );
  }
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.find((line) => line.includes('FATAL')) ??
    lines[0] ??
    (/closed/.test(reasonOf(cause)) ? 'it ended at once and said nothing' : reasonOf(cause));
  return new UserError(
    `The browser ${path} could not be started: ${telling.trim()}`,
    'Run it by hand with --headless --dump-dom about:blank to see more, install another Chrome, or set browser-path.',
    { cause },
  );
}
