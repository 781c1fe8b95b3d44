import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reasonOf, UserError } from '../../errors/user-error.ts';
import type { Clock, Log } from '../../system/ports.ts';
import type { EndpointAnswer } from './capture-endpoint.ts';
import { refusal } from './refusal.ts';
import { sendAnswer } from './send-answer.ts';

export interface CaptureServer extends AsyncDisposable {
  readonly port: number;
}

export interface CaptureServerOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly answer: (request: IncomingMessage, signal: AbortSignal) => Promise<EndpointAnswer>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Longer than any pause between two requests of a run, so that a connection is not closed just as it is used again. */
const keepAliveMs = 75_000;

/**
 * Serves on 127.0.0.1. A client that goes away aborts its request.
 * @throws UserError when the port is taken or not allowed.
 */
export async function startCaptureServer({ port, answer, clock, log }: CaptureServerOptions): Promise<CaptureServer> {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startMs = clock.nowMs();
    const left = new AbortController();
    response.once('close', () => left.abort(new Error('the client went away')));
    const result = await answer(request, left.signal).catch((error: unknown) => {
      if (!left.signal.aborted) {
        log.error(`The built-in engine failed: ${reasonOf(error)}`);
      }
      return refusal('internal_error', 'The engine failed; its log says more.');
    });
    const tookMs = Math.round(clock.nowMs() - startMs);
    const outcome = left.signal.aborted ? 'the client went away' : describe(result);
    log.debug(`${request.method} ${request.url?.split('?', 1)[0]}: ${outcome} after ${tookMs} ms`);
    if (!left.signal.aborted) {
      sendAnswer(result, response);
    }
  }

  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => void serve(request, response));
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UserError(`Port ${port} cannot be served: ${reasonOf(error)}`, 'Give another port, or 0 for any free one.', {
      cause: error,
    });
  }
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function describe(answer: EndpointAnswer): string {
  switch (answer.kind) {
    case 'picture':
      return `${answer.contentType}, ${answer.bytes.length} bytes,`;
    case 'refusal':
      return `${answer.code} (${answer.message})`;
    case 'fault':
      return `the fault ${answer.action.kind}`;
    default:
      return answer satisfies never;
  }
}
