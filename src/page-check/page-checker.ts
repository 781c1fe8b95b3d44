import type { Dispatcher } from 'undici';
import { hideSecrets } from '../address/hide-secrets.ts';
import { headersFor, type PageHeaders } from '../address/page-headers.ts';
import { createDispatcher } from '../capture/dispatcher.ts';
import type { PageProblem } from '../results/model.ts';
import type { Clock } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import { askPage } from './ask-page.ts';
import { decidePageProblem, type PageAnswer } from './problem.ts';

/** Asks each page once, before its captures are sent, whether it is one. */
export interface PageChecker extends AsyncDisposable {
  /** What is wrong with the page; the same URL is asked once however often it is given. */
  check(url: string): Promise<PageProblem | undefined>;
}

export interface PageCheckerOptions {
  readonly clock: Clock;
  readonly userAgent: string;
  /** Default: none. */
  readonly headers?: PageHeaders;
  /** What no message may repeat. Default: none. */
  readonly secrets?: readonly string[];
  /**
   * Whether a page that this machine cannot reach has a problem. It has for the built-in engine, which is on this
   * machine; the hosted service may well reach what this machine does not.
   */
  readonly mustBeReachable: boolean;
}

/** Requests at once to one origin: a preview is often a small machine. */
const connectionsPerOrigin = 4;
const timeoutMs = 10_000;
/** A preview that was asleep answers with a server error while it wakes up. */
const repeatAfterMs = 1000;
/** After that many failures in a row nothing more is asked of an origin, so that an unreachable one costs no minutes. */
const failuresInARow = 3;

export function createPageChecker({ clock, userAgent, headers, secrets = [], mustBeReachable }: PageCheckerOptions): PageChecker {
  const origins = new Map<string, Origin>();
  const checked = new Map<string, Promise<PageProblem | undefined>>();

  const originOf = (url: URL): Origin => {
    const known = origins.get(url.origin) ?? new Origin(createDispatcher(url, connectionsPerOrigin));
    origins.set(url.origin, known);
    return known;
  };

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

  async function check(page: URL): Promise<PageProblem | undefined> {
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
    const problem = answer.kind === 'unreachable' && !mustBeReachable ? undefined : decidePageProblem(answer);
    return problem === undefined ? undefined : { ...problem, message: hideSecrets(problem.message, secrets) };
  }

  return {
    check: (url) => {
      const known = checked.get(url) ?? check(new URL(url));
      checked.set(url, known);
      // Whoever asks is told; until then it must not count as unhandled.
      known.catch(() => {});
      return known;
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
