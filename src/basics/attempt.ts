/** What came of some work: its value, or what it threw. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T; readonly fault?: undefined }
  | { readonly kind: 'failed'; readonly value?: undefined; readonly fault: unknown };

/** Does the work and never throws. */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (fault) {
    return { kind: 'failed', fault };
  }
}
