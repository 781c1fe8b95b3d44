import type { Clock } from './ports.ts';
import { waitAtMost } from './within.ts';

/** A browser, a repository or a pool is closed within a second; what takes longer hangs, and ends with the process. */
const closeLimitMs = 2_000;
/** Who is stopped has more to say, and little time for it. */
const stoppedCloseLimitMs = 500;

/** Closes the resource in a bounded time and never fails: whatever goes wrong then, what was found stands. */
export function closingInTime(
  resource: AsyncDisposable | undefined,
  clock: Pick<Clock, 'sleep'>,
  signal: AbortSignal,
): AsyncDisposable {
  return {
    [Symbol.asyncDispose]: async () => {
      const limitMs = signal.aborted ? stoppedCloseLimitMs : closeLimitMs;
      await waitAtMost(limitMs, clock, async () => resource?.[Symbol.asyncDispose]()).catch(() => {});
    },
  };
}
