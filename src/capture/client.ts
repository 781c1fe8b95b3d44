import type { Dispatcher } from 'undici';
import type { Size } from '../basics/geometry.ts';
import { defined } from '../basics/record.ts';
import type { Failure, FailurePicture } from '../errors/failure.ts';
import { UserError } from '../errors/user-error.ts';
import type { Capture, ImageFormat } from '../plan/capture.ts';
import { type PageFacts, pageFactsHeader, parsePageFacts } from '../results/page-facts.ts';
import { errorPictureBytes } from '../services/apiscreenshot/answer.ts';
import type { ApiRequest, CaptureApi } from '../services/capture-api.ts';
import type { Clock } from '../system/ports.ts';
import { classifyErrorAnswer, pictureFormat, readErrorPicture, unexpected } from './answer.ts';
import { cleanPageFacts } from './clean-page-facts.ts';
import { cleanText } from './clean-text.ts';
import { createDispatcher } from './dispatcher.ts';
import { describeNetworkFault } from './network-fault.ts';
import type { AttemptResult } from './outcome.ts';
import { parseRetryAfter, type RetryAfter } from './retry-after.ts';
import { ServerClock } from './server-clock.ts';

export interface CaptureClient {
  /** What is sent for a capture. */
  render(capture: Capture): ApiRequest;
  /** Sends a request once and reads the whole answer. Never repeats, never follows a redirect. */
  send(request: ApiRequest, signal: AbortSignal): Promise<AttemptResult>;
  /** Ends every connection. */
  close(): Promise<void>;
}

export interface CaptureClientOptions {
  readonly api: CaptureApi;
  readonly apiUrl: URL;
  readonly apiKey?: string;
  /** What no answer may carry into a report, besides the key. */
  readonly secrets?: readonly string[];
  /**
   * The service is the built-in engine, which tells more than the contract has: what the browser learned about the page,
   * and what to do about a failure. No other service is believed in that. Default: false.
   */
  readonly builtIn?: boolean;
  /** For one request, from its start to the last byte of its answer. */
  readonly attemptTimeoutMs: number;
  readonly maxConnections: number;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Whether the bytes are a whole picture that can be decoded. */
  readonly inspect: (bytes: Uint8Array) => Promise<PictureCheck>;
}

export type PictureCheck =
  | { readonly kind: 'image'; readonly format: ImageFormat; readonly size: Size }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The largest picture that is read: a full page of 1280 × 30,000 device pixels takes a few megabytes. */
const maxPictureBytes = 64 * 1024 * 1024;
/** As much of any other answer as is worth reading. */
const maxErrorBytes = 64 * 1024;
/** Of the built-in engine, whose errors may bring a picture, in base64. */
const maxBuiltInErrorBytes = maxErrorBytes + Math.ceil((errorPictureBytes * 4) / 3);

/**
 * A client that makes exactly one request at a time it is asked to, and turns whatever comes of it into a value.
 * @throws UserError for a key or a proxy that cannot be used; a request throws a LocalFault where this machine lacks something.
 */
export function createCaptureClient(options: CaptureClientOptions): CaptureClient {
  const { api, apiUrl, apiKey, attemptTimeoutMs, clock, builtIn = false } = options;
  const secrets = [...(apiKey === undefined ? [] : [apiKey]), ...(options.secrets ?? [])];
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) {
    throw new UserError(
      'The API key holds a blank or another character that no key has.',
      `Check the secret behind the api-key input: copy the whole key (${api.key.example}) without blanks and line breaks.`,
    );
  }
  const dispatcher = createDispatcher(apiUrl, options.maxConnections);
  const serverClock = new ServerClock();
  const ownHeaders = { accept: 'image/png, image/jpeg, application/json', 'user-agent': options.userAgent };

  async function send(request: ApiRequest, signal: AbortSignal): Promise<AttemptResult> {
    const timeout = new AbortController();
    const finished = new AbortController();
    clock.sleep(attemptTimeoutMs, finished.signal).then(
      () => timeout.abort(),
      () => {},
    );
    let answer: Answer;
    try {
      answer = await exchange(request, AbortSignal.any([signal, timeout.signal]));
    } catch (error) {
      if (signal.aborted) {
        return { kind: 'aborted' };
      }
      if (timeout.signal.aborted) {
        return failed({ code: 'attempt_timeout', detail: `no whole answer within ${attemptTimeoutMs / 1000} s` });
      }
      const fault = describeNetworkFault(error);
      return { ...failed({ code: 'network_error', detail: fault.detail }), ...(fault.neverSent ? { neverSent: true } : {}) };
    } finally {
      finished.abort();
    }
    return judge(answer);
  }

  async function exchange({ method, path, headers, body }: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const response = await dispatcher.request({
      origin: apiUrl.origin,
      path,
      method,
      headers: { ...ownHeaders, ...headers },
      ...defined({ body }),
      signal,
      // The attempt's own timeout covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const now = clock.date();
    const status = response.statusCode;
    const contentType = header(response.headers, 'content-type');
    const format = status >= 200 && status < 300 ? pictureFormat(contentType) : undefined;
    return {
      status,
      contentType,
      format,
      location: header(response.headers, 'location'),
      page: builtIn ? cleanPageFacts(parsePageFacts(header(response.headers, pageFactsHeader)), secrets) : undefined,
      retryAfter: parseRetryAfter(header(response.headers, 'retry-after'), {
        serverMs: serverClock.read(header(response.headers, 'date'), now),
        now,
      }),
      bytes: await readBody(
        response,
        format === undefined ? (builtIn ? maxBuiltInErrorBytes : maxErrorBytes) : maxPictureBytes,
        format === undefined,
      ),
    };
  }

  async function judge(answer: Answer): Promise<AttemptResult> {
    const { status, format, bytes } = answer;
    if (format === undefined) {
      const bodyText = bytes === undefined ? '' : new TextDecoder().decode(bytes);
      const source = { api, apiUrl, secrets, builtIn };
      const failure = classifyErrorAnswer({ ...answer, bodyText }, source);
      const picture = await inspectFailure(readErrorPicture({ ...answer, bodyText }, source), options.inspect);
      return failed({ ...failure, ...defined({ picture }) }, answer.retryAfter);
    }
    if (bytes === undefined) {
      return failed(unexpected(status, `HTTP ${status} with a picture of more than ${maxPictureBytes / 1024 / 1024} MiB`));
    }
    const check = await options.inspect(bytes);
    switch (check.kind) {
      case 'unreadable': {
        const reason = cleanText(check.reason, { maxLength: 200, secrets });
        return failed(unexpected(status, `HTTP ${status} with a picture that cannot be used: ${reason}`));
      }
      case 'image':
        return check.format === format
          ? { kind: 'image', image: { bytes, format, size: check.size, ...defined({ page: answer.page }) } }
          : failed(unexpected(status, `HTTP ${status} with image/${format}, but the bytes are ${check.format}`));
    }
  }

  return {
    render: (capture) => api.render(capture, { url: apiUrl, key: apiKey, builtIn }),
    send,
    close: () => dispatcher.destroy(),
  };
}

/** What a page showed when it failed, if that is a picture. */
export async function inspectFailure(
  bytes: Uint8Array | undefined,
  inspect: CaptureClientOptions['inspect'],
): Promise<FailurePicture | undefined> {
  const check = bytes === undefined ? undefined : await inspect(bytes);
  return bytes === undefined || check?.kind !== 'image' ? undefined : { bytes, format: check.format, size: check.size };
}

interface Answer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Set when status and content type promise a picture. */
  readonly format: ImageFormat | undefined;
  readonly location: string | undefined;
  readonly page: PageFacts | undefined;
  readonly retryAfter: RetryAfter | undefined;
  /** Undefined when there were more than may be read. */
  readonly bytes: Uint8Array | undefined;
}

function failed(failure: Failure, retryAfter?: RetryAfter): Extract<AttemptResult, { kind: 'failure' }> {
  return { kind: 'failure', failure, ...defined({ retryAfter }) };
}

function header(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Reads at most `limit` bytes. What is longer is dropped: cut off if `cut`, else undefined without being buffered. */
async function readBody(
  { headers, body }: Dispatcher.ResponseData,
  limit: number,
  cut: boolean,
): Promise<Uint8Array | undefined> {
  if (!cut && Number(header(headers, 'content-length')) > limit) {
    drop(body);
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > limit) {
      drop(body);
      return cut ? join(chunks, limit) : undefined;
    }
  }
  return join(chunks, sizeBytes);
}

/** The first `sizeBytes` of the chunks in memory of their own, which can be handed to another thread. */
function join(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, sizeBytes - at), at);
    at += chunk.length;
  }
  return bytes;
}

/** Ends an answer that is not read further; its connection cannot be used again. */
function drop(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {});
  body.destroy();
}
