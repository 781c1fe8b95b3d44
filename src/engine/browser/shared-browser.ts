import type { Browser, BrowserContext } from 'puppeteer-core';
import type { Log } from '../../system/ports.ts';

/** How often a capture is begun again because the browser went away under it. */
const restarts = 2;

/** The browser was lost under a capture each time it was tried. */
export class BrowserLost extends Error {
  override readonly name = 'BrowserLost';
}

/** `browser` is the one that all others belong to; renderers draw pages, and one may be waiting for its first page. */
export type BrowserProcessKind = 'browser' | 'renderer';

/**
 * One browser process for all captures, started again when it is gone. Each task gets a browser context of its own:
 * no cookie, cache or storage of another one.
 */
export class SharedBrowser implements AsyncDisposable {
  readonly #launch: () => Promise<Browser>;
  readonly #log: Log;
  #browser: Promise<Browser>;
  #closed = false;

  private constructor(launch: () => Promise<Browser>, log: Log, first: Browser) {
    this.#launch = launch;
    this.#log = log;
    this.#browser = Promise.resolve(first);
  }

  /** Rejects as `launch` does. */
  static async start(launch: () => Promise<Browser>, log: Log): Promise<SharedBrowser> {
    return new SharedBrowser(launch, log, await launch());
  }

  /** Process ids of the running browser, which tells them itself, on every system alike. Rejects when it is gone. */
  async processIds(kind: BrowserProcessKind): Promise<number[]> {
    const session = await (await this.#browser).target().createCDPSession();
    try {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === kind).map(({ id }) => id);
    } finally {
      // A session that cannot be detached has gone with its browser.
      await session.detach().catch(() => undefined);
    }
  }

  /** Name and version, e.g. `Chrome/153.0.8010.0`. */
  async version(): Promise<string> {
    return (await (await this.#browser).version()).replace('Headless', '');
  }

  /**
   * Runs the task in a fresh context, and again when the browser was lost meanwhile.
   * @throws BrowserLost when it was lost every time; what `launch` throws when it cannot be started again.
   */
  async run<T>(task: (context: BrowserContext) => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt <= restarts; attempt += 1) {
      const browser = await this.#running();
      try {
        return await inFreshContext(browser, task);
      } catch (error) {
        if (browser.connected || this.#closed) {
          throw error;
        }
        this.#log.debug(`The browser was lost: ${String(error)}`);
      }
    }
    throw new BrowserLost('the browser crashed each time the page was rendered');
  }

  /** The browser, started again when it is gone; captures that find it gone at the same time start one together. */
  async #running(): Promise<Browser> {
    const current = this.#browser;
    const browser = await current.catch(() => undefined);
    if (browser?.connected === true || this.#closed) {
      return current;
    }
    if (this.#browser === current) {
      this.#log.warn('The browser is gone and is started again.');
      this.#browser = this.#launch();
    }
    return this.#browser;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const browser = await this.#browser.catch(() => undefined);
    await browser?.close();
  }
}

async function inFreshContext<T>(browser: Browser, task: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.createBrowserContext({ downloadBehavior: { policy: 'deny' } });
  try {
    return await task(context);
  } finally {
    // A context that cannot be closed has gone with its browser.
    await context.close().catch(() => undefined);
  }
}
