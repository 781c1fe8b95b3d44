import type { Clock } from '../system/ports.ts';
import type { PageAnswer } from './problem.ts';

/** How long an origin may take to wake up, over all of its pages. Hosts that put previews to sleep need up to 20 s. */
export const wakeBoundMs = 30_000;
const firstDelayMs = 500;
const longestDelayMs = 4000;

export interface WakePorts {
  readonly ask: (page: URL) => Promise<PageAnswer>;
  readonly isAsleep: (answer: PageAnswer) => boolean;
  readonly clock: Clock;
  /** Ends the waiting; it rejects then. */
  readonly signal: AbortSignal;
  /** Called once, before the first wait, with why it is waited. */
  readonly onWaiting: (because: string) => void;
}

export interface Awake {
  /** The page that was asked last. */
  readonly page: URL;
  readonly answer: PageAnswer;
}

/**
 * Asks the pages of one origin in turn, so that one broken page among good ones costs little, until one answers as
 * awake servers do or the bound is reached. The delays between the questions grow.
 */
export async function awaitAwake(pages: readonly URL[], { ask, isAsleep, clock, signal, onWaiting }: WakePorts): Promise<Awake> {
  const endMs = clock.nowMs() + wakeBoundMs;
  for (let nth = 0; ; nth += 1) {
    const page = pages[nth % pages.length];
    if (page === undefined) {
      throw new TypeError('There is no page to ask.');
    }
    const answer = await ask(page);
    const delayMs = Math.min(firstDelayMs * 2 ** nth, longestDelayMs);
    if (!isAsleep(answer) || clock.nowMs() + delayMs > endMs) {
      return { page, answer };
    }
    if (nth === 0) {
      onWaiting(describe(answer));
    }
    await clock.sleep(delayMs, signal);
  }
}

function describe(answer: PageAnswer): string {
  switch (answer.kind) {
    case 'answer':
      return `HTTP ${answer.status}`;
    case 'unreachable':
      return answer.reason;
    case 'leaves':
    case 'endless':
      return 'a redirect';
    default:
      return answer satisfies never;
  }
}
