import puppeteer, { type Browser } from 'puppeteer-core';
import { reasonOf, UserError } from '../../errors/user-error.ts';
import type { Log } from '../../ports.ts';
import { browserEnvironment } from './environment.ts';
import { guardFlags, steadyFlags, withoutSandbox } from './flags.ts';
import type { BrowserProgram } from './program.ts';

export interface LaunchOptions {
  readonly program: BrowserProgram;
  /** All traffic goes through it; absent: straight to the network. */
  readonly proxyUrl: string | undefined;
  readonly log: Log;
}

/** Chrome starts in under a second; a machine that is busy with builds gets a minute. */
const launchTimeoutMs = 60_000;

/**
 * Starts a headless browser. It is driven through a pipe, not a port: nobody else can reach it, and it ends when this
 * process does, however that ends.
 * @throws UserError when it cannot be started.
 */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  try {
    return await start(options, isRoot ? 'without sandbox' : 'with sandbox');
  } catch (error) {
    if (isRoot || !/no usable sandbox|namespace sandbox|setuid sandbox/i.test(reasonOf(error))) throw explain(options, error);
    options.log.warn(
      `${options.program.path} can have no sandbox on this system, so it runs without one. Capture only pages that ` +
        'you trust, or install Google Chrome, which brings its own.',
    );
    return await start(options, 'without sandbox').catch((again: unknown) => {
      throw explain(options, again);
    });
  }
}

function start({ program, proxyUrl }: LaunchOptions, sandbox: 'with sandbox' | 'without sandbox'): Promise<Browser> {
  const flags = [
    ...steadyFlags,
    ...(proxyUrl === undefined ? [] : guardFlags(proxyUrl)),
    ...(sandbox === 'without sandbox' ? [withoutSandbox] : []),
  ];
  return puppeteer.launch({
    executablePath: program.path,
    headless: true,
    pipe: true,
    args: flags.map(({ flag }) => flag),
    env: browserEnvironment(process.env, program.env),
    timeout: launchTimeoutMs,
    // Each capture sets its own, and has a time budget of its own.
    defaultViewport: null,
    protocolTimeout: 0,
    // The run decides what a signal means; the pipe's end ends the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

function explain({ program }: LaunchOptions, error: unknown): UserError {
  const reason = reasonOf(error);
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(reason)?.[1];
  const firstLine = reason.split('\n').find((line) => line.trim() !== '') ?? '';
  return new UserError(
    `The browser ${program.path} could not be started: ${library === undefined ? firstLine : `the system lacks ${library}`}`,
    library === undefined
      ? 'Run it by hand to see why, install another Chrome, or set browser-path.'
      : 'Install the library (or Google Chrome from its own package, which brings all of them), or set browser-path.',
    { cause: error },
  );
}
