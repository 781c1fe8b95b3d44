import type { Clock } from '../system/ports.ts';
import { type Traffic, watchTraffic } from '../system/traffic.ts';
import { untilAborted } from '../system/until-aborted.ts';

/** A service that never answers, or always with an error, costs so much time in all. */
const silenceMs = 20_000;
/** How often it is looked at whether anything moves. */
const stepMs = 5_000;
/** What moves slower, in bytes a second, does not move: a client that only asks again and again sends no more. */
const slowestBytes = 1_000;
/** The longest that anything may be on its way, beside the silence: no connection that is worth waiting for is slower. */
const slowestTransferBytes = 20_000;

export interface Transfer {
  /** Of what is to be sent or fetched; 0: answers alone. */
  readonly sizeBytes: number;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Default: that of the process. */
  readonly traffic?: Traffic;
}

/** Nothing has moved for so long that nothing will. */
export class Stalled extends Error {
  override readonly name = 'Stalled';
}

/**
 * Waits for a client that cannot be told to give up and that would repeat for most of an hour, as long as bytes move. It is
 * left to itself then.
 * @throws Stalled; the signal's reason
 */
export async function whileMoving<T>(work: () => Promise<T>, { sizeBytes, clock, signal, traffic }: Transfer): Promise<T> {
  using watched = traffic ?? watchTraffic();
  const over = new AbortController();
  const stalled = new AbortController();
  const limitMs = silenceMs + (sizeBytes / slowestTransferBytes) * 1000;
  awaitStall(watched, limitMs, clock, over.signal).then(
    (fault) => stalled.abort(fault),
    () => {},
  );
  try {
    return await untilAborted(AbortSignal.any([stalled.signal, ...(signal === undefined ? [] : [signal])]), work);
  } finally {
    over.abort();
  }
}

/** Resolves when nothing moves any more, or not fast enough; rejects when it is over before. */
async function awaitStall(traffic: Traffic, limitMs: number, clock: Pick<Clock, 'sleep'>, over: AbortSignal): Promise<Stalled> {
  let silentMs = 0;
  let seenBytes = traffic.movedBytes();
  for (let passedMs = 0; passedMs < limitMs; passedMs += stepMs) {
    await clock.sleep(stepMs, over);
    const movedBytes = traffic.movedBytes();
    silentMs = movedBytes - seenBytes < (slowestBytes * stepMs) / 1000 ? silentMs + stepMs : 0;
    seenBytes = movedBytes;
    if (silentMs >= silenceMs) {
      return new Stalled(`the service did not answer for ${silenceMs / 1000} s`);
    }
  }
  return new Stalled(`it was not done after ${Math.round(limitMs / 1000)} s`);
}
