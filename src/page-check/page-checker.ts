import type { Dispatcher } from 'undici';
import { hideSecrets } from '../address/hide-secrets.ts';
import { headersFor, type PageHeaders } from '../address/page-headers.ts';
import { createDispatcher } from '../capture/dispatcher.ts';
import type { PageProblem } from '../results/model.ts';
import type { Clock } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import { askPage } from './ask-page.ts';
import { decidePageProblem, type PageAnswer } from './problem.ts';
import { awaitAwake } from './wake.ts';

/** Asks pages, without a browser, whether they are ones. */
export interface PageChecker extends AsyncDisposable {
  /**
   * Waits until the origins of these pages are awake, each for a bounded time, however many pages it has. The same page
   * is not asked again by `check`. Rejects when the signal ends the waiting.
   */
  wake(urls: readonly string[], signal: AbortSignal): Promise<void>;
  /** What is wrong with the page; the same URL is asked once however often it is given. */
  check(url: string, expectStatus?: number): Promise<PageProblem | undefined>;
}

export interface PageCheckerOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  /** Default: none. */
  readonly headers?: PageHeaders;
  /** What no message may repeat. Default: none. */
  readonly secrets?: readonly string[];
  /** Hosts whose certificates are taken although nobody vouches for them. Default: none. */
  readonly acceptCertificatesOf?: (host: string) => boolean;
  /**
   * Whether a page that this machine cannot reach has a problem. It has for the built-in engine, which is on this
   * machine; the hosted service may well reach what this machine does not.
   */
  readonly mustBeReachable: boolean;
  /** Told once of each origin that is waited for. Default: nobody. */
  readonly onWaiting?: (origin: string, because: string) => void;
}

/** Requests at once to one origin: a preview is often a small machine. */
const connectionsPerOrigin = 4;
const timeoutMs = 10_000;
/** A server error of a page of an origin that is awake may still be a passing one. */
const repeatAfterMs = 1000;
/** After that many failures in a row nothing more is asked of an origin, so that an unreachable one costs no minutes. */
const failuresInARow = 3;

export function createPageChecker(options: PageCheckerOptions): PageChecker {
  const { clock, userAgent, headers, secrets = [], mustBeReachable } = options;
  const origins = new Map<string, Origin>();
  const asked = new Map<string, Promise<PageAnswer | undefined>>();

  const originOf = (url: URL): Origin => {
    const known = origins.get(url.origin) ?? new Origin(connect(url));
    origins.set(url.origin, known);
    return known;
  };
  const connect = (url: URL): Dispatcher =>
    createDispatcher(url, connectionsPerOrigin, {
      acceptAnyCertificate: options.acceptCertificatesOf?.(url.hostname) === true,
    });

  async function ask(page: URL): Promise<PageAnswer> {
    const timeout = new AbortController();
    const done = new AbortController();
    clock.sleep(timeoutMs, done.signal).then(
      () => timeout.abort(),
      () => {},
    );
    try {
      return await askPage(page, {
        dispatcherFor: (url) => originOf(url).dispatcher,
        userAgent,
        headers: headersFor(page, headers),
        signal: timeout.signal,
      });
    } finally {
      done.abort();
    }
  }

  /** Undefined: its origin was given up. */
  async function askInTurn(page: URL): Promise<PageAnswer | undefined> {
    using turn = await originOf(page).takeTurn();
    if (turn.origin.failures >= failuresInARow) {
      return undefined;
    }
    let answer = await ask(page);
    if (answer.kind === 'answer' && answer.status >= 500) {
      await clock.sleep(repeatAfterMs);
      answer = await ask(page);
    }
    turn.origin.failures = answer.kind === 'unreachable' ? turn.origin.failures + 1 : 0;
    return answer;
  }

  async function wakeOrigin(origin: string, pages: readonly URL[], signal: AbortSignal): Promise<void> {
    const awake = await awaitAwake(pages, {
      ask,
      clock,
      signal,
      isAsleep: (answer) =>
        answer.kind === 'answer' ? answer.status >= 500 : answer.kind === 'unreachable' && answer.passing && mustBeReachable,
      onWaiting: (because) => options.onWaiting?.(origin, hideSecrets(because, secrets)),
    });
    asked.set(awake.page.href, Promise.resolve(awake.answer));
  }

  return {
    wake: async (urls, signal) => {
      const pages = [...new Set(urls)].map((url) => new URL(url));
      await Promise.all([...Map.groupBy(pages, ({ origin }) => origin)].map(([origin, of]) => wakeOrigin(origin, of, signal)));
    },
    check: async (url, expectStatus) => {
      const page = new URL(url);
      const answering = asked.get(page.href) ?? askInTurn(page);
      asked.set(page.href, answering);
      const answer = await answering;
      const problem =
        answer === undefined || (answer.kind === 'unreachable' && !mustBeReachable)
          ? undefined
          : decidePageProblem(answer, expectStatus);
      return problem === undefined ? undefined : { ...problem, message: hideSecrets(problem.message, secrets) };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...origins.values()].map(({ dispatcher }) => dispatcher.destroy()));
    },
  };
}

/** One origin: its connections, and the turns of who asks it. */
class Origin {
  readonly dispatcher: Dispatcher;
  failures = 0;
  readonly #turns = new Semaphore(connectionsPerOrigin);

  constructor(dispatcher: Dispatcher) {
    this.dispatcher = dispatcher;
  }

  async takeTurn(): Promise<Disposable & { readonly origin: Origin }> {
    return { origin: this, ...(await this.#turns.take()) };
  }
}
