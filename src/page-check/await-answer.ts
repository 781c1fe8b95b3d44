import type { Clock } from '../system/ports.ts';
import type { PageAnswer } from './problem.ts';

/** Hosts answer 404 until a deployment is known everywhere; a site that has no page there answers so for ever. */
const missingForMs = 60_000;
const firstDelayMs = 1_000;
const longestDelayMs = 10_000;

export interface AnswerPorts {
  readonly ask: () => Promise<PageAnswer>;
  readonly clock: Clock;
  /** Ends the waiting; it rejects then. */
  readonly signal: AbortSignal;
  /** Called once, before the first wait, with what was answered. */
  readonly onWaiting: (because: string) => void;
}

/**
 * Waits until an address answers as a deployment that is served. What it answers is a matter of the page check; here everything
 * counts but silence, a server error, and for a minute a page that does not exist. Returns why it does not; undefined: it does.
 */
export async function awaitAnswer(limitMs: number, { ask, clock, signal, onWaiting }: AnswerPorts): Promise<string | undefined> {
  const startMs = clock.nowMs();
  for (let nth = 0; ; nth += 1) {
    const waitedMs = (): number => clock.nowMs() - startMs;
    const because = whyNotServed(await ask(), waitedMs());
    const delayMs = Math.min(firstDelayMs * 1.5 ** nth, longestDelayMs);
    if (because === undefined || waitedMs() + delayMs > limitMs) {
      return because;
    }
    if (nth === 0) {
      onWaiting(because);
    }
    await clock.sleep(delayMs, signal);
  }
}

function whyNotServed(answer: PageAnswer, waitedMs: number): string | undefined {
  switch (answer.kind) {
    case 'unreachable':
      return answer.reason;
    case 'answer': {
      const isMissing = (answer.status === 404 || answer.status === 410) && waitedMs < missingForMs;
      return answer.status >= 500 || answer.status === 425 || isMissing ? `HTTP ${answer.status}` : undefined;
    }
    case 'leaves':
    case 'endless':
      return undefined;
    default:
      return answer satisfies never;
  }
}

/**
 * What tells one build of a page from another: its ETag, without what a proxy adds. Undefined where there is none, or where it is
 * another one at every request, as with pages that are made anew for each.
 */
export function readBuildMark(first: PageAnswer, second: PageAnswer): string | undefined {
  const [one, other] = [first, second].map(markOf);
  return one === other ? one : undefined;
}

/** Whether a page is that of another build. Where nobody can tell, it is not. */
export function isOtherBuild(mark: string | undefined, answer: PageAnswer): boolean {
  const now = markOf(answer);
  return mark !== undefined && now !== undefined && mark !== now;
}

function markOf(answer: PageAnswer): string | undefined {
  return answer.kind === 'answer' && answer.status === 200 ? answer.etag?.replace(/^W\//, '').replaceAll('"', '') : undefined;
}
