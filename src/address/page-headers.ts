/** Headers that open a protected preview. */
export interface PageHeaders {
  readonly values: Readonly<Record<string, string>>;
  /** The only origins that are given them. */
  readonly origins: readonly string[];
}

/** The headers that may be sent to a target, and to nothing but its own origin. */
export function headersFor(target: URL, headers: PageHeaders | undefined): PageHeaders['values'] {
  return headers?.origins.includes(target.origin) === true ? headers.values : {};
}
