/** Slower connections are as good as broken, in bytes a millisecond. */
const slowest = 100;

/** For the service itself, which is asked several times, in milliseconds. */
const serviceMs = 60_000;

/** The longest that an artifact may be on its way: GitHub's client alone would wait for most of an hour. */
export function transferLimitMs(sizeBytes: number): number {
  return Math.round(serviceMs + sizeBytes / slowest);
}
