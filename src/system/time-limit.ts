import type { Failure } from '../errors/failure.ts';
import type { Clock } from './ports.ts';

export interface TimeLimit extends Disposable {
  /** Aborts when the time is up, with that as its reason. */
  readonly up: AbortSignal;
  /** What is left, 1 ms at least; 0: there is no limit. */
  leftMs(): number;
}

/** The time that a run may take, from now on; 0: as much as it needs. */
export function startTimeLimit(limitMs: number, clock: Clock): TimeLimit {
  const up = new AbortController();
  const over = new AbortController();
  const startMs = clock.nowMs();
  if (limitMs > 0) {
    clock.sleep(limitMs, over.signal).then(
      () => up.abort({ code: 'time_limit' } satisfies Failure),
      () => {},
    );
  }
  return {
    up: up.signal,
    leftMs: () => (limitMs > 0 ? Math.max(1, limitMs - (clock.nowMs() - startMs)) : 0),
    [Symbol.dispose]: () => over.abort(),
  };
}
