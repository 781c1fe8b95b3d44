import type { Dispatcher } from 'undici';
import { createDispatcher } from '../capture/dispatcher.ts';
import { describeNetworkFault } from '../capture/network-fault.ts';
import { isUserError } from '../errors/user-error.ts';
import type { Clock } from '../system/ports.ts';
import { TookTooLong, within } from '../system/within.ts';
import { isSafeSource } from './download-host.ts';

/** A download that did not come, told by the host that was asked and a clause that says why. */
export class NotDownloaded extends Error {
  override readonly name = 'NotDownloaded';
  readonly host: string;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;

  constructor(host: string, reason: string, options: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(reason, options);
    this.host = host;
    this.status = options.status;
  }
}

export interface DownloadBounds {
  /** For all of it. */
  readonly limitMs: number;
  readonly maxBytes: number;
}

export interface DownloadPorts {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}

/** Until an answer begins; a busy server takes a few seconds. */
const answerMs = 30_000;
/** Without a byte of an answer that has begun. */
const stalledMs = 30_000;
/** Mirrors send their visitors on, mostly once. */
const mostRedirects = 5;
const redirects = [301, 302, 303, 307, 308];

/**
 * Asks for a file and reads it, within bounds.
 * @throws NotDownloaded; the signal's reason when it aborts; whatever `read` throws of itself.
 */
export async function download<T>(
  start: URL,
  { limitMs, maxBytes }: DownloadBounds,
  { clock, signal }: DownloadPorts,
  read: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  return within(limitMs, clock, async (late) => {
    let url = start;
    for (let redirected = 0; redirected <= mostRedirects; redirected += 1) {
      const dispatcher = createDispatcher(url, 1);
      try {
        const answer = await ask(url, dispatcher, clock, AbortSignal.any([signal, late]));
        if (answer.kind === 'file') {
          return await read(atMost(answer.body, maxBytes, url.host));
        }
        url = answer.url;
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof NotDownloaded || isUserError(error) ? error : explainFault(url.host, error);
      } finally {
        await dispatcher.destroy();
      }
    }
    throw new NotDownloaded(start.host, `it sent the request on more than ${mostRedirects} times`);
  });
}

type Answer =
  | { readonly kind: 'file'; readonly body: AsyncIterable<Uint8Array> }
  | { readonly kind: 'redirect'; readonly url: URL };

/** Waits until the answer begins. */
async function ask(url: URL, dispatcher: Dispatcher, clock: DownloadPorts['clock'], signal: AbortSignal): Promise<Answer> {
  const { origin, pathname, search, host } = url;
  const { statusCode, headers, body } = await within(answerMs, clock, (unanswered) =>
    dispatcher.request({
      origin,
      path: `${pathname}${search}`,
      method: 'GET',
      headers: { 'user-agent': 'visual-capture' },
      signal: AbortSignal.any([signal, unanswered]),
      headersTimeout: 0,
      bodyTimeout: stalledMs,
    }),
  );
  const { location } = headers;
  if (statusCode === 200) {
    return { kind: 'file', body };
  }
  // What is not read ends with the connection.
  body.on('error', () => {});
  if (redirects.includes(statusCode) && typeof location === 'string') {
    return { kind: 'redirect', url: readRedirect(location, url) };
  }
  throw new NotDownloaded(host, `it answered ${statusCode}`, { status: statusCode });
}

async function* atMost(body: AsyncIterable<Uint8Array>, maxBytes: number, host: string): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new NotDownloaded(host, `it sent more than ${maxBytes} bytes`);
    }
    yield chunk;
  }
}

function readRedirect(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (url === undefined || !isSafeSource(url)) {
    throw new NotDownloaded(from.host, 'it sent the request on to an address that is not https');
  }
  return url;
}

function explainFault(host: string, error: unknown): NotDownloaded {
  const reason = error instanceof TookTooLong ? error.message : describeNetworkFault(error).detail;
  return new NotDownloaded(host, reason, { cause: error });
}
