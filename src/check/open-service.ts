import { displayUrl } from '../address/display-url.ts';
import { version } from '../basics/product.ts';
import { defined } from '../basics/record.ts';
import { createCaptureClient } from '../capture/client.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { ProcessVariables } from '../inputs/expand-variables.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { captureApiOf } from '../services/registry.ts';
import type { Clock, Log } from '../system/ports.ts';
import type { Bundles } from './bundles.ts';
import { certificatesToAccept } from './certificates.ts';
import { explainLogin } from './explain-login.ts';
import { hidingLog } from './hiding-log.ts';
import type { CaptureService } from './run-ports.ts';

/** Faults of the built-in engine, separated by blanks, so that anyone can watch the check cope (docs/engine.md). */
const faultVariable = 'VISUAL_CAPTURE_FAULT';

/**
 * Makes the chosen engine ready: the hosted service as it is, the built-in one started on this machine.
 * `secrets` are hidden in whatever it answers.
 * @throws UserError when the built-in engine finds no browser.
 */
export async function openService(
  { engine, pace, pageHeaders, login }: Pick<Inputs, 'engine' | 'pace' | 'pageHeaders' | 'login'>,
  secrets: readonly string[],
  ports: { clock: Clock; log: Log; comparer: Comparer; bundles: Bundles },
  { browserFolders, env }: { browserFolders: readonly string[]; env: ProcessVariables },
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
    const client = connect(engine.apiUrl, engine.apiKey);
    return { client, billing: api.billing, environment: {}, [Symbol.asyncDispose]: () => client.close() };
  }
  const { startEngine, parseFaults } = await ports.bundles.engine();
  const running = await startEngine({
    log: hidingLog(ports.log, secrets),
    // Localhost previews are what the built-in engine is for.
    allowPrivate: true,
    pageHeaders,
    acceptCertificatesOf: certificatesToAccept(engine),
    moduleFolders: [...browserFolders, ports.bundles.folder],
    faults: parseFaults((env[faultVariable] ?? '').split(/\s+/).filter((fault) => fault !== '')),
    ...defined({ browserPath: engine.browserPath, login }),
  });
  ports.log.info(`Capturing with ${running.browser}`);
  const client = connect(new URL(running.url), running.apiKey);
  return {
    client,
    billing: 'free',
    capacity: running.capacity,
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
    environment: { browser: running.browserVersion, platform: `${process.platform} ${process.arch}` },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await running.close();
    },
  };
}
