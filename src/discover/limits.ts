/** How much is read and asked, whatever a site answers. */
export const discoverLimits = {
  /** Of one sitemap, packed and unpacked: 50 MB by the protocol, https://www.sitemaps.org/protocol.html */
  sitemapBytes: 52_428_800,
  /** Of one sitemap, by the protocol. */
  entries: 50_000,
  /** Sitemaps that are read, with those that indexes name. */
  sitemaps: 500,
  /** How deep indexes may name indexes. The protocol allows one level; some sites have two. */
  indexDepth: 3,
  /** Of all sitemaps together: beyond, nobody means to capture them. */
  allEntries: 500_000,
  robotsBytes: 512_000,
  /** Of a Storybook's index: 10,000 stories take about 3 MB. */
  indexBytes: 20_000_000,
  /** Of one page whose links are followed; the rest of a longer one is not read. */
  pageBytes: 5_000_000,
  /** Links that are followed on one page. */
  linksOfPage: 5_000,
  /** Pages that a crawl asks for. */
  crawledPages: 5_000,
  /** Different queries of one path that a crawl follows: calendars and filters have no end. */
  queriesOfPath: 10,
  /** Of an address, in characters: longer ones are refused by many servers. */
  urlLength: 2_000,
  /** Waited for one answer. */
  answerMs: 30_000,
  /** For everything together. */
  totalMs: 180_000,
  /** Requests at once: a preview is often a small machine. */
  atOnce: 4,
} as const;
