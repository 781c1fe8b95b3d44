import { createCaptureClient } from './capture/client.ts';
import type { Comparer } from './compare/comparer.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { Parts } from './parts.ts';
import type { Clock, Log } from './ports.ts';
import type { Service } from './run.ts';
import { version } from './version.ts';

/**
 * Makes the chosen engine ready: the hosted service as it is, the built-in one started on this machine.
 * @throws UserError when the built-in engine finds no browser.
 */
export async function openService(
  { engine, pace }: Pick<Inputs, 'engine' | 'pace'>,
  ports: { clock: Clock; log: Log; comparer: Comparer; parts: Parts },
): Promise<Service> {
  const connect = (apiUrl: URL, apiKey: string): ReturnType<typeof createCaptureClient> =>
    createCaptureClient({
      apiUrl,
      apiKey,
      attemptTimeoutMs: pace.attemptTimeoutMs,
      maxConnections: pace.concurrency,
      userAgent: `visual-capture/${version}`,
      clock: ports.clock,
      inspect: (bytes) => ports.comparer.inspect(bytes),
    });
  if (engine.kind === 'api') {
    const client = connect(engine.apiUrl, engine.apiKey);
    return { send: client.send, [Symbol.asyncDispose]: () => client.close() };
  }
  const { startEngine } = await ports.parts.engine();
  // Localhost previews are what the built-in engine is for, so private addresses are allowed.
  const running = await startEngine({
    log: ports.log,
    allowPrivate: true,
    ...(engine.browserPath === undefined ? {} : { browserPath: engine.browserPath }),
  });
  ports.log.info(`Capturing with ${running.browser}`);
  const client = connect(new URL(running.url), running.apiKey);
  return {
    send: client.send,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await running.close();
    },
  };
}
