import { displayUrl } from '../address/display-url.ts';
import type { KnownBrowsers } from '../baseline/source.ts';
import { version } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import { createCaptureClient } from '../capture/client.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { EngineChoice, Inputs } from '../inputs/inputs.ts';
import { browserName } from '../plan/browser.ts';
import { captureApiOf } from '../services/registry.ts';
import type { Clock, Log } from '../system/ports.ts';
import type { Bundles } from './bundles.ts';
import { certificatesToAccept } from './certificates.ts';
import { describeUnused } from './describe-browsers.ts';
import { explainLogin } from './explain-login.ts';
import { hidingLog } from './hiding-log.ts';
import type { CaptureService } from './run-ports.ts';

/** Faults of the built-in engine, separated by blanks, so that anyone can watch the check cope (docs/engine.md). */
const faultVariable = 'VISUAL_CAPTURE_FAULT';

export interface ServicePorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly comparer: Comparer;
  readonly bundles: Bundles;
  /** Ends a download. */
  readonly signal: AbortSignal;
}

export interface ServicePlace {
  readonly browserFolders: readonly string[];
  readonly env: ProcessVariables;
  /** The archives of browsers that the baselines tell. */
  readonly archives: KnownBrowsers;
  /** The browser is the one that baselines were taken with, beside that of the run. Default: it is that of the run. */
  readonly earlier?: true;
}

/**
 * Makes the chosen engine ready: the hosted service as it is, the built-in one started on this machine.
 * `secrets` are hidden in whatever it answers.
 * @throws UserError when the built-in engine finds no browser, or cannot download the one that was chosen.
 */
export async function openService(
  { engine, pace, pageHeaders, login }: Pick<Inputs, 'engine' | 'pace' | 'pageHeaders' | 'login'>,
  secrets: readonly string[],
  ports: ServicePorts,
  place: ServicePlace,
): Promise<CaptureService> {
  const api = captureApiOf(engine.kind);
  const connect = (apiUrl: URL, apiKey: string): ReturnType<typeof createCaptureClient> =>
    createCaptureClient({
      api,
      apiUrl,
      apiKey,
      secrets,
      builtIn: engine.kind === 'local',
      attemptTimeoutMs: pace.attemptTimeoutMs,
      maxConnections: pace.concurrency,
      userAgent: `visual-capture/${version}`,
      clock: ports.clock,
      inspect: (bytes) => ports.comparer.inspect(bytes),
    });
  if (engine.kind !== 'local') {
    if (engine.withoutEffect !== undefined) {
      ports.log.info(describeUnused(engine.kind, engine.withoutEffect));
    }
    const client = connect(engine.apiUrl, engine.apiKey);
    return { client, billing: api.billing, environment: {}, [Symbol.asyncDispose]: () => client.close() };
  }
  const downloaded = await openDownloaded(engine, ports, place);
  const { startEngine, parseFaults } = await ports.bundles.engine();
  const running = await startEngine({
    log: hidingLog(ports.log, secrets),
    // Localhost previews are what the built-in engine is for.
    allowPrivate: true,
    pageHeaders,
    acceptCertificatesOf: certificatesToAccept(engine),
    moduleFolders: [...place.browserFolders, ports.bundles.folder],
    faults: parseFaults((place.env[faultVariable] ?? '').split(/\s+/).filter((fault) => fault !== '')),
    ...defined({ browserPath: downloaded?.path ?? pathOf(engine), login }),
  });
  // What was downloaded is known by its build, whatever the program says of itself.
  const browser = downloaded === undefined ? running.browserVersion : browserName(downloaded.version);
  const shown = downloaded === undefined ? running.browser : `${browser} (${downloaded.path})`;
  ports.log.info(
    place.earlier ? `What differs is captured with ${shown} as well, as its baseline was` : `Capturing with ${shown}`,
  );
  const client = connect(new URL(running.url), running.apiKey);
  return {
    client,
    billing: 'free',
    capacity: running.capacity,
    ...(downloaded === undefined
      ? {}
      : { downloaded: { version: downloaded.version, platform: downloaded.platform, sha256: downloaded.sha256 } }),
    ...(login === undefined
      ? {}
      : {
          signIn: async (signal) => {
            ports.log.info(`Signing in at ${displayUrl(login.url)}`);
            const refusal = await running.signIn(signal);
            return refusal === undefined
              ? undefined
              : explainLogin(refusal, login, secrets, (bytes) => ports.comparer.inspect(bytes));
          },
        }),
    environment: { browser, platform: `${process.platform} ${process.arch}` },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await running.close();
    },
  };
}

type LocalEngine = Extract<EngineChoice, { kind: 'local' }>;

async function openDownloaded(
  { browser }: LocalEngine,
  { bundles, log, clock, signal }: ServicePorts,
  { env, archives }: ServicePlace,
): Promise<Awaited<ReturnType<Awaited<ReturnType<Bundles['browsers']>>['openBrowser']>> | undefined> {
  if (browser.kind === 'system') {
    return undefined;
  }
  const { openBrowser } = await bundles.browsers();
  return openBrowser(browser, archives, { log, clock, env, signal });
}

function pathOf({ browser }: LocalEngine): string | undefined {
  return browser.kind === 'system' ? browser.path : undefined;
}
