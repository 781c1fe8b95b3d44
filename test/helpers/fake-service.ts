import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CaptureRequestBody, capturePath } from '../../src/services/apiscreenshot/request.ts';
import { answers, type FakeAnswer } from './fake-answers.ts';

export { answers, type FakeAnswer } from './fake-answers.ts';

/** The fields of a body as they came, nothing known of their values. */
export type RequestFields = { readonly [Field in keyof CaptureRequestBody]?: unknown };

/** One request as the service saw it. Times are milliseconds since the service started. */
export interface RecordedRequest {
  /** Counts from 0, in the order the bodies were complete. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bodyText: string;
  /** The parsed body; undefined when it is not a JSON object. */
  readonly body: RequestFields | undefined;
  readonly startMs: number;
  /** Undefined while the request is under way. */
  endMs: number | undefined;
  /** How many requests were under way when this one began, itself included. */
  readonly concurrency: number;
  /** The status that was sent; undefined for resets and silence. */
  status: number | undefined;
  /** The client closed the connection before the answer was complete. */
  abandoned: boolean;
}

/** One answer for all, a list of which the last one repeats, or a decision for each request. */
export type FakeScript = FakeAnswer | readonly FakeAnswer[] | ((request: RecordedRequest) => FakeAnswer | Promise<FakeAnswer>);

export interface FakeServiceOptions {
  /** What is answered when neither limit below applies. Default: a picture. */
  readonly script?: FakeScript;
  /** At most `slots` requests at once, each taking its service time; all others are `engine_busy`. */
  readonly capacity?: {
    readonly slots: number;
    readonly serviceTimeMs: number | ((request: RecordedRequest) => number);
    /** Default: 1 second. `null` sends no header. */
    readonly retryAfter?: number | string | null | ((request: RecordedRequest) => number | string | Date);
  };
  /** The account's limit: at most `requests` accepted in any window of `windowMs`; all others are `rate_limited`. */
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number; readonly retryAfter?: number | string };
}

export interface FakeService extends AsyncDisposable {
  /** The whole capture endpoint, ready for `api-url`. */
  readonly url: string;
  readonly origin: string;
  readonly requests: readonly RecordedRequest[];
  /** The most requests that were under way at once. */
  readonly peakConcurrency: number;
  /** Replaces the script; a list starts at its beginning. */
  use(script: FakeScript): void;
  close(): Promise<void>;
}

/** A capture service on 127.0.0.1 that does what a script says and records what it was asked. */
export async function startFakeService(options: FakeServiceOptions = {}): Promise<FakeService> {
  const startedAt = performance.now();
  const nowMs = (): number => performance.now() - startedAt;
  const requests: RecordedRequest[] = [];
  const limit = rateLimiter(options.rateLimit, nowMs);
  const capacity = capacityGate(options.capacity);
  let script = scriptFunction(options.script ?? answers.picture());
  let underWay = 0;
  let peak = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    underWay += 1;
    peak = Math.max(peak, underWay);
    const startMs = nowMs();
    const concurrency = underWay;
    response.once('close', () => {
      underWay -= 1;
    });
    const bodyText = await readBody(incoming);
    const request: RecordedRequest = {
      index: requests.length,
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      bodyText,
      body: parseObject(bodyText),
      startMs,
      endMs: undefined,
      concurrency,
      status: undefined,
      abandoned: false,
    };
    requests.push(request);
    let resetByScript = false;
    response.once('close', () => {
      request.endMs = nowMs();
      request.abandoned = !response.writableFinished && !resetByScript;
    });
    const answer = limit() ?? (await capacity(request, response, () => script(request)));
    resetByScript = answer.kind === 'reset';
    await send(answer, request, response);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // The client went away, or the script threw: the first is normal, the second must be seen in the test.
      if (!incoming.destroyed && !response.destroyed) {
        response.writeHead(500).end(`fake service: ${String(error)}`);
      }
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const close = async (): Promise<void> => {
    if (!server.listening) {
      return;
    }
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };

  return {
    url: origin + capturePath,
    origin,
    requests,
    get peakConcurrency() {
      return peak;
    },
    use(next) {
      script = scriptFunction(next);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function scriptFunction(script: FakeScript): (request: RecordedRequest) => FakeAnswer | Promise<FakeAnswer> {
  if (typeof script === 'function') {
    return script;
  }
  const list = Array.isArray(script) ? (script as readonly FakeAnswer[]) : [script as FakeAnswer];
  let at = 0;
  return () => {
    const answer = list[Math.min(at, list.length - 1)];
    at += 1;
    if (answer === undefined) {
      throw new Error('the script is empty');
    }
    return answer;
  };
}

/** The account's limit over a sliding window; refused requests do not count. */
function rateLimiter(limit: FakeServiceOptions['rateLimit'], nowMs: () => number): () => FakeAnswer | undefined {
  const accepted: number[] = [];
  return () => {
    if (limit === undefined) {
      return undefined;
    }
    while (accepted[0] !== undefined && accepted[0] <= nowMs() - limit.windowMs) {
      accepted.shift();
    }
    if (accepted.length >= limit.requests) {
      return answers.error('rate_limited', limit.retryAfter === undefined ? {} : { retryAfter: limit.retryAfter });
    }
    accepted.push(nowMs());
    return undefined;
  };
}

type Scripted = () => FakeAnswer | Promise<FakeAnswer>;

/** Lets `slots` requests through, each for its service time or until the client leaves; the others are refused at once. */
function capacityGate(capacity: FakeServiceOptions['capacity']) {
  let taken = 0;
  return async (request: RecordedRequest, response: ServerResponse, scripted: Scripted): Promise<FakeAnswer> => {
    if (capacity === undefined) {
      return scripted();
    }
    if (taken >= capacity.slots) {
      const { retryAfter = 1 } = capacity;
      const value = typeof retryAfter === 'function' ? retryAfter(request) : retryAfter;
      return answers.error('engine_busy', value === null ? {} : { retryAfter: value });
    }
    taken += 1;
    const { serviceTimeMs } = capacity;
    const left = new AbortController();
    response.once('close', () => left.abort());
    try {
      await sleep(typeof serviceTimeMs === 'function' ? serviceTimeMs(request) : serviceTimeMs, undefined, {
        signal: left.signal,
      });
    } finally {
      taken -= 1;
    }
    return scripted();
  };
}

async function send(answer: FakeAnswer, request: RecordedRequest, response: ServerResponse): Promise<void> {
  if (answer.delayMs !== undefined) {
    await sleep(answer.delayMs);
  }
  switch (answer.kind) {
    case 'response':
      request.status = answer.status;
      response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
      response.end(answer.body);
      return;
    case 'reset':
      if (answer.when !== 'before-headers') {
        await sendHalf(response, answer.when === 'mid-body');
      }
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'stall':
      await sendHalf(response, true);
      return;
    default:
      answer satisfies never;
  }
}

/** The headers of a picture and, if asked, half of its bytes; resolves once the client can have read them. */
async function sendHalf(response: ServerResponse, withBytes: boolean): Promise<void> {
  const { headers, body } = answers.picture();
  response.writeHead(200, { ...headers, 'content-length': body.length });
  response.flushHeaders();
  if (withBytes) {
    response.write(body.slice(0, body.length >> 1));
  }
  // A reset overtakes bytes that the client has not read yet; this gives it a moment to read them.
  await sleep(20);
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseObject(text: string): RequestFields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
