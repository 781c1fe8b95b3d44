import { untilAborted } from './until-aborted.ts';

/** Waits for the work unless the run is stopped; undefined then, also when the work failed because it was. */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await untilAborted(signal, work);
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw error;
  }
}
