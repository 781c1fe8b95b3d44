import type { Clock } from './ports.ts';
import { whenAborted } from './when-aborted.ts';

/** Something took longer than it may. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';

  constructor(limitMs: number) {
    super(`it took longer than ${Math.round(limitMs / 100) / 10} s`);
  }
}

/** Does what gives up when its signal aborts, which it does after `limitMs`, with TookTooLong as the reason. */
export async function within<T>(
  limitMs: number,
  clock: Pick<Clock, 'sleep'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const up = new AbortController();
  const done = new AbortController();
  clock.sleep(limitMs, done.signal).then(
    () => up.abort(new TookTooLong(limitMs)),
    () => {},
  );
  try {
    return await work(up.signal);
  } finally {
    done.abort();
  }
}

/** The same for what cannot be told to give up: it is left to itself. @throws TookTooLong */
export function waitAtMost<T>(limitMs: number, clock: Pick<Clock, 'sleep'>, work: () => Promise<T>): Promise<T> {
  return within(limitMs, clock, (up) =>
    Promise.race([
      work(),
      whenAborted(up).then(() => {
        throw up.reason;
      }),
    ]),
  );
}
