/** What is used of it, so that the types of the whole project can be checked without installing the rivals. */
declare module 'odiff-bin' {
  export function compare(baseline: string, actual: string, diff: string): Promise<{ readonly match: boolean }>;
}
