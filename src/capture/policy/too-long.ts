/** A wait that is more than what is left to wait. */
export interface TooLong {
  readonly waitMs: number;
  readonly leftMs: number;
  /** Which limit leaves no more. */
  readonly by: 'retry-budget' | 'time-limit';
}

/** e.g. `the service asks to wait 30 s, but retry-budget leaves only 12 s`. */
export function describeTooLong({ waitMs, leftMs, by }: TooLong, retryAfterMs: number | undefined): string {
  // Tenths, the wait rounded up and the rest down, so that the two never read alike.
  const wait = `${Math.ceil(waitMs / 100) / 10} s`;
  const asks = retryAfterMs === undefined ? `the next wait would take ${wait}` : `the service asks to wait ${wait}`;
  return `${asks}, but ${by} leaves only ${Math.floor(leftMs / 100) / 10} s`;
}
