/** So many times as long as nine in ten pictures took, a request hangs. */
const far = 2.5;
const usualShare = 0.9;
const shortestMs = 5000;
/** What is usual is not known from fewer. */
const fewestPictures = 5;
const remembered = 200;

/** How long requests with a picture took, in milliseconds. */
export interface PictureTimes {
  /** Of the newest ones. */
  readonly newest: readonly number[];
  readonly meanMs: number;
  /** Nine in ten did not take longer; undefined while there are too few to tell. */
  readonly usualMs: number | undefined;
}

export const noPictures: PictureTimes = { newest: [], meanMs: 0, usualMs: undefined };

export function pictureTook(times: PictureTimes, ms: number): PictureTimes {
  const newest = [...times.newest.slice(1 - remembered), ms];
  const sorted = [...newest].sort((a, b) => a - b);
  return {
    newest,
    meanMs: newest.reduce((sum, each) => sum + each, 0) / newest.length,
    usualMs: newest.length < fewestPictures ? undefined : sorted[Math.floor((sorted.length - 1) * usualShare)],
  };
}

/**
 * After how long a request is so far beyond what its kind takes that it may be sent once more, when nothing else is
 * left to send: the "hedged requests" of Dean and Barroso, "The Tail at Scale" (2013). `expectedMs`: what the capture took
 * last time. Infinity while nothing is known.
 */
export function hangsAfterMs({ usualMs }: PictureTimes, expectedMs = 0): number {
  return usualMs === undefined ? Number.POSITIVE_INFINITY : Math.max(shortestMs, far * Math.max(usualMs, expectedMs));
}
