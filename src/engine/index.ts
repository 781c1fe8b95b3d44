import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { headersFor, type PageHeaders } from '../address/page-headers.ts';
import { Opened } from '../basics/opened.ts';
import { defined } from '../basics/record.ts';
import type { Login } from '../plan/step.ts';
import { captureScope } from '../services/apiscreenshot/key.ts';
import { limits } from '../services/apiscreenshot/limits.ts';
import { capturePath } from '../services/apiscreenshot/request.ts';
import { systemClock } from '../system/clock.ts';
import type { Clock, Log } from '../system/ports.ts';
import { findBrowser } from './browser/find.ts';
import { launchBrowser } from './browser/launch.ts';
import { type BrowserProcessKind, SharedBrowser } from './browser/shared-browser.ts';
import type { Fault } from './faults/parse.ts';
import { scheduleFaults } from './faults/schedule.ts';
import { checkHost } from './guard/address-guard.ts';
import { startGuardedProxy } from './guard/guarded-proxy.ts';
import { type Network, systemNetwork } from './guard/network.ts';
import { createRenderer } from './render/renderer.ts';
import type { EngineKey } from './service/access.ts';
import { Account, type RateLimit } from './service/account.ts';
import { Capacity } from './service/capacity.ts';
import { createEndpoint } from './service/capture-endpoint.ts';
import { startCaptureServer } from './service/capture-server.ts';
import type { Refusal } from './service/refusal.ts';

export { renderFaultHelp } from './faults/help.ts';
export { type Fault, parseFaults } from './faults/parse.ts';
export type { EngineKey } from './service/access.ts';
export type { RateLimit } from './service/account.ts';

export interface EngineOptions {
  readonly log: Log;
  /** Port on 127.0.0.1. Default: 0, any free one. */
  readonly port?: number;
  /** Default: one random key with the scope for captures. */
  readonly keys?: readonly EngineKey[];
  /** Lets pages of this machine and of private networks be captured. Default: false. */
  readonly allowPrivate?: boolean;
  /** Default: a browser found on the machine, else the npm package `@sparticuz/chromium`. */
  readonly browserPath?: string;
  /** Folders in or above which that package may be installed. Default: the working directory. */
  readonly moduleFolders?: readonly string[];
  /** Sent with every request to the origin of the captured page, as far as they are meant for it. Default: none. */
  readonly pageHeaders?: PageHeaders;
  /** How to sign in, which `signIn` does. Default: not at all. */
  readonly login?: Login;
  /** Hosts, as URL.hostname writes them, whose certificates are taken although nobody vouches for them. Default: none. */
  readonly acceptCertificatesOf?: (host: string) => boolean;
  /** Pages at once. Default: three a core, because a page mostly waits for its network; pictures are drawn one a core. */
  readonly capacity?: number;
  /** Captures that may be delivered. Default: no end. */
  readonly credits?: number;
  readonly rateLimit?: RateLimit;
  /** Longest time for one page. Default: the service's 20 s. */
  readonly renderBudgetMs?: number;
  readonly faults?: readonly Fault[];
  readonly clock?: Clock;
  /** Default: the real one. Used only when private addresses are guarded against. */
  readonly network?: Network;
}

export interface RunningEngine extends AsyncDisposable {
  /** The whole capture endpoint. */
  readonly url: string;
  /** The first accepted key. */
  readonly apiKey: string;
  /** Name, version and path of the browser, for people. */
  readonly browser: string;
  /** e.g. `Chrome 153.0.8010.0`. */
  readonly browserVersion: string;
  /** Captures at once. */
  readonly capacity: number;
  /** Signs in as `login` says; what is captured afterwards is signed in. Undefined: it was done, or there is no login. */
  signIn(signal: AbortSignal): Promise<Refusal | undefined>;
  /** Process ids of the running browser. Rejects when it is gone. */
  browserProcessIds(kind: BrowserProcessKind): Promise<number[]>;
  /** Ends every capture, the server and the browser. */
  close(): Promise<void>;
}

const pagesPerCore = 3;

/**
 * Starts the built-in engine: a server on 127.0.0.1 that speaks the capture service's contract, with a real Chrome
 * behind it.
 * @throws UserError when no browser is found or can be started, or the port cannot be served.
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { log, allowPrivate = false, clock = systemClock, network = systemNetwork } = options;
  const keys = options.keys ?? [{ key: `sk_local_${randomBytes(18).toString('base64url')}`, scopes: [captureScope] }];
  const slots = options.capacity ?? pagesPerCore * availableParallelism();

  // What is open is closed again, last first, also when a later part cannot be started.
  await using opened = new Opened();
  const program = await findBrowser(options.browserPath, options.moduleFolders ?? [process.cwd()]);
  const proxy = allowPrivate ? undefined : opened.use(await startGuardedProxy(network));
  const browser = opened.use(await SharedBrowser.start(() => launchBrowser({ program, proxyUrl: proxy?.url, log }), log));
  const renderer = createRenderer({
    browser,
    clock,
    drawAtOnce: availableParallelism(),
    renderBudgetMs: options.renderBudgetMs ?? limits.renderBudgetMs,
    refusalOf: (hostname) => proxy?.refusalOf(hostname),
    ...defined({ acceptCertificatesOf: options.acceptCertificatesOf }),
    headersFor: (page) => headersFor(page, options.pageHeaders),
  });
  const answer = createEndpoint({
    keys,
    account: new Account({ clock, credits: options.credits, rateLimit: options.rateLimit }),
    capacity: new Capacity(slots, clock),
    faultsFor: scheduleFaults(options.faults ?? []),
    checkAddress: async ({ hostname }) => {
      if (allowPrivate) {
        return undefined;
      }
      const verdict = await checkHost(hostname, network);
      return verdict.kind === 'public' ? undefined : verdict.reason;
    },
    render: renderer.render,
    clock,
    log,
  });
  const server = opened.use(await startCaptureServer({ port: options.port ?? 0, answer, clock, log }));

  const version = await browser.version();
  const close = opened.keep();
  return {
    url: `http://127.0.0.1:${server.port}${capturePath}`,
    apiKey: keys[0]?.key ?? '',
    browser: `${version} (${program.path})`,
    browserVersion: version.replace('/', ' '),
    capacity: slots,
    signIn: async (signal) => (options.login === undefined ? undefined : renderer.signIn(options.login, signal)),
    browserProcessIds: (kind) => browser.processIds(kind),
    close,
    [Symbol.asyncDispose]: close,
  };
}
