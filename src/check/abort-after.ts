import { failureOf } from '../capture/scheduler.ts';
import type { Clock } from '../system/ports.ts';

type Grace = readonly [signal: AbortSignal, graceMs: number];

/** A signal that follows the first of others to abort by its time of grace, with that one's reason as a failure of the error table. */
export function abortAfter(one: Grace, other: Grace, clock: Pick<Clock, 'sleep'>): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  const over = new AbortController();
  for (const [signal, graceMs] of [one, other]) {
    const follow = (): void => {
      clock.sleep(graceMs, over.signal).then(
        () => late.abort(failureOf(signal.reason)),
        () => {},
      );
    };
    signal.addEventListener('abort', follow, { once: true, signal: over.signal });
    if (signal.aborted) {
      follow();
    }
  }
  return { signal: late.signal, [Symbol.dispose]: () => over.abort() };
}
