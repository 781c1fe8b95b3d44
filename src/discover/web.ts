import type { Dispatcher } from 'undici';
import { headersFor, type PageHeaders } from '../address/page-headers.ts';
import { createDispatcher } from '../capture/dispatcher.ts';
import { firstHeader, visit } from '../page-check/ask-page.ts';
import type { PageAnswer } from '../page-check/problem.ts';
import { awaitAwake } from '../page-check/wake.ts';
import type { Clock } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import { discoverLimits } from './limits.ts';

/** What came of asking for an address. */
export type WebAnswer =
  | {
      readonly kind: 'document';
      /** The address that answered, after redirects within the site. */
      readonly url: URL;
      readonly status: number;
      readonly contentType: string | undefined;
      /** Of an error the first part, if that. */
      readonly bytes: Uint8Array;
    }
  /** It is longer than what was asked for at most. */
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | Exclude<PageAnswer, { kind: 'answer' }>;

/** Reads documents, as far as discovering needs it. */
export interface Web {
  /** Asks for an address; the body is read up to `maxBytes`, and longer ones are cut where `cut` is set. */
  get(url: URL, wanted: { readonly maxBytes: number; readonly accept?: string; readonly cut?: true }): Promise<WebAnswer>;
}

export interface WebOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly headers: PageHeaders;
  /** Hosts whose certificates are taken although nobody vouches for them. */
  readonly acceptCertificatesOf: (host: string) => boolean;
  /** Told once of each origin that is waited for. */
  readonly onWaiting: (origin: string, because: string) => void;
  readonly signal: AbortSignal;
}

const timeIsOver = {
  kind: 'unreachable',
  reason: `everything that is looked for must answer within ${discoverLimits.totalMs / 1000} s`,
  passing: false,
} as const;

/** Opens the web. Headers of a protected preview go to the origins that they are for, and no key goes anywhere. */
export function openWeb(options: WebOptions): Web & AsyncDisposable {
  const { clock, userAgent, headers, signal } = options;
  const dispatchers = new Map<string, Dispatcher>();
  const turns = new Semaphore(discoverLimits.atOnce);
  const awake = new Map<string, Promise<unknown>>();

  const dispatcherFor = (url: URL): Dispatcher => {
    const dispatcher =
      dispatchers.get(url.origin) ??
      createDispatcher(url, discoverLimits.atOnce, { acceptAnyCertificate: options.acceptCertificatesOf(url.hostname) });
    dispatchers.set(url.origin, dispatcher);
    return dispatcher;
  };

  async function ask(url: URL, { maxBytes, accept, cut }: Parameters<Web['get']>[1]): Promise<WebAnswer> {
    const timeout = new AbortController();
    const done = new AbortController();
    clock.sleep(discoverLimits.answerMs, done.signal).then(
      () => timeout.abort(),
      () => {},
    );
    try {
      const visiting = {
        dispatcherFor,
        userAgent,
        headers: headersFor(url, headers),
        signal: AbortSignal.any([timeout.signal, signal]),
        ...(accept === undefined ? {} : { accept }),
      };
      return await visit(url, visiting, async (response, at): Promise<WebAnswer> => {
        const bytes = await readBody(response.body, maxBytes, cut === true);
        return bytes === undefined
          ? { kind: 'too-large', maxBytes }
          : {
              kind: 'document',
              url: at,
              status: response.statusCode,
              contentType: firstHeader(response.headers['content-type']),
              bytes,
            };
      });
    } finally {
      done.abort();
    }
  }

  /** A preview that sleeps is waited for once, by the first address that is asked of it. */
  async function wake(url: URL): Promise<void> {
    await awaitAwake([url], {
      ask: async (page) => asAnswer(await ask(page, { maxBytes: 0, cut: true })),
      isAsleep: (answer) => (answer.kind === 'answer' ? answer.status >= 500 : answer.kind === 'unreachable' && answer.passing),
      clock,
      signal,
      onWaiting: (because) => options.onWaiting(url.origin, because),
    });
  }

  return {
    get: async (url, wanted) => {
      const waking = awake.get(url.origin) ?? wake(url).catch(() => undefined);
      awake.set(url.origin, waking);
      await waking;
      using _turn = await turns.take();
      return signal.aborted ? timeIsOver : await ask(url, wanted);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function asAnswer(answer: WebAnswer): PageAnswer {
  switch (answer.kind) {
    case 'document':
      return { kind: 'answer', status: answer.status, contentType: answer.contentType };
    case 'too-large':
      return { kind: 'answer', status: 200, contentType: undefined };
    case 'leaves':
    case 'endless':
    case 'unreachable':
      return answer;
  }
}

/** Undefined: there is more than that, and it is not to be cut. */
async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number, cut: boolean): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      return cut ? Buffer.concat(chunks).subarray(0, maxBytes) : undefined;
    }
  }
  return Buffer.concat(chunks);
}
