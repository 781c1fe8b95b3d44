/** An address of the web; undefined: it is none. */
export function parseWebUrl(written: string): URL | undefined {
  return /^https?:\/\//i.test(written) && URL.canParse(written) ? new URL(written) : undefined;
}

/** The origin that most of the addresses have, the first of several; undefined: there are none. */
export function commonOrigin(urls: readonly URL[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { origin } of urls) {
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** Relative to `base-url` where it is below that, else as it is. */
export function relativeTo(origin: string | undefined, url: URL): string {
  return url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : url.href;
}
