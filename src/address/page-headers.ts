/** Headers that open a protected preview. */
export interface PageHeaders {
  readonly values: Readonly<Record<string, string>>;
  /** The only origin that is given them; absent: that of each target. */
  readonly origin?: string;
}

/** The headers that may be sent to a target, and to nothing but its own origin. */
export function headersFor(target: URL, headers: PageHeaders | undefined): PageHeaders['values'] {
  const { values = {}, origin = target.origin } = headers ?? {};
  return origin === target.origin ? values : {};
}
