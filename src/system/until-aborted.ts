import { whenAborted } from './when-aborted.ts';

/**
 * Waits for the work until the signal aborts; then what it comes to is nobody's any more, and what it gave to be closed
 * is closed. For work that cannot be told to give up, or might not listen.
 * @throws the signal's reason when it aborts first
 */
export async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const working = work();
  try {
    return await Promise.race([
      working,
      whenAborted(AbortSignal.any([signal, over.signal])).then((): never => {
        throw signal.reason;
      }),
    ]);
  } catch (error) {
    // Whoever comes too late is let go of.
    working.then(closeQuietly, () => {});
    throw error;
  } finally {
    over.abort();
  }
}

async function closeQuietly(late: unknown): Promise<void> {
  if (typeof late === 'object' && late !== null && Symbol.asyncDispose in late) {
    await Promise.resolve((late as AsyncDisposable)[Symbol.asyncDispose]()).catch(() => {});
  }
}
