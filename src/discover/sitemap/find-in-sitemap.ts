import { displayUrl } from '../../address/display-url.ts';
import { resolveTargetUrl } from '../../address/target-url.ts';
import { formatCount, formatFew, formatPlural } from '../../basics/format.ts';
import { decideAddress } from '../decide-page.ts';
import { textOfAnswer } from '../describe-answer.ts';
import { type Finding, Gathering, unreadable } from '../finding.ts';
import { discoverLimits } from '../limits.ts';
import { ownPath } from '../own-path.ts';
import type { GlobRules } from '../choose.ts';
import type { Web } from '../web.ts';
import { parseRobots } from './parse-robots.ts';
import { parseSitemap } from './parse-sitemap.ts';

const accept = 'application/xml,text/xml,text/plain,*/*;q=0.8';

export interface SitemapSearch {
  /** `true`: those that robots.txt names, else /sitemap.xml. */
  readonly sitemap: true | string;
  readonly base: URL;
  readonly globs: GlobRules;
  readonly web: Web;
}

/** Finds the pages of a site by its sitemap, and those that indexes name. */
export async function findInSitemap({ sitemap, base, globs, web }: SitemapSearch): Promise<Finding> {
  const start = sitemap === true ? await findSitemaps(base, web) : resolveSitemap(sitemap, base);
  if ('problem' in start) {
    return unreadable(start.problem);
  }
  const reader = new SitemapFiles(base, web);
  await reader.readAll(start.urls, 0);
  return asFinding(reader, base, globs);
}

function resolveSitemap(written: string, base: URL): { urls: URL[] } | { problem: string } {
  const resolved = resolveTargetUrl(written, base);
  return 'problem' in resolved ? { problem: `discover: sitemap: ${resolved.problem}` } : { urls: [resolved.url] };
}

/** A preview in a folder has no robots.txt: that of its host is for the whole host. */
async function findSitemaps(base: URL, web: Web): Promise<{ urls: URL[] } | { problem: string }> {
  const usual = resolveSitemap('/sitemap.xml', base);
  if (base.pathname !== '/') {
    return usual;
  }
  const robots = resolveTargetUrl('/robots.txt', base);
  const answer = 'problem' in robots ? undefined : await web.get(robots.url, { maxBytes: discoverLimits.robotsBytes, cut: true });
  const read = answer === undefined ? { problem: '' } : textOfAnswer(answer, discoverLimits.robotsBytes);
  const named = 'problem' in read ? [] : parseRobots(read.text);
  const urls = named.flatMap((written) => (URL.canParse(written, base.href) ? [toPreview(new URL(written, base.href), base)] : []));
  return urls.length === 0 ? usual : { urls };
}

/** A preview's files name production, whose own files are of another build: they are read from the preview. */
function toPreview(url: URL, base: URL): URL {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return url;
  }
  const own = ownPath(url, base, { ofOtherHost: url.origin !== base.origin });
  const resolved = own === undefined ? { problem: '' } : resolveTargetUrl(own, base);
  return 'problem' in resolved ? url : resolved.url;
}

/** Reads sitemaps and what their indexes name, each once. */
class SitemapFiles {
  readonly entries: { readonly url: string; readonly from: URL }[] = [];
  readonly problems: string[] = [];
  readonly files: URL[] = [];
  readonly #seen = new Set<string>();
  readonly #base: URL;
  readonly #web: Web;

  constructor(base: URL, web: Web) {
    this.#base = base;
    this.#web = web;
  }

  async readAll(urls: readonly URL[], depth: number): Promise<void> {
    const fresh = urls.filter(({ href }) => !this.#seen.has(href) && this.#seen.add(href));
    if (this.files.length + fresh.length > discoverLimits.sitemaps) {
      this.problems.push(
        `The sitemaps of ${displayUrl(this.#base.origin)} are more than the ${formatCount(discoverLimits.sitemaps)} that are read. Name one of them in discover: sitemap.`,
      );
      return;
    }
    this.files.push(...fresh);
    const read = await Promise.all(fresh.map(async (url) => ({ url, sitemap: await this.#read(url) })));
    // In the order that they are named in, however fast each came.
    for (const { url, sitemap } of read) {
      await this.#keep(url, sitemap, depth);
    }
  }

  async #read(url: URL): Promise<ReturnType<typeof parseSitemap>> {
    const { sitemapBytes } = discoverLimits;
    const read = textOfAnswer(await this.#web.get(url, { maxBytes: sitemapBytes, accept }), sitemapBytes);
    return 'problem' in read ? { kind: 'wrong', problem: read.problem } : parseSitemap(read.text);
  }

  async #keep(url: URL, sitemap: ReturnType<typeof parseSitemap>, depth: number): Promise<void> {
    const shown = `The sitemap ${displayUrl(url.href)}`;
    if (sitemap.kind === 'wrong') {
      this.problems.push(`${shown} ${endSentence(sitemap.problem)}`);
      return;
    }
    if (sitemap.entries.length > discoverLimits.entries) {
      this.problems.push(
        `${shown} has ${formatCount(sitemap.entries.length)} entries, more than the ${formatCount(discoverLimits.entries)} that a sitemap may have. Split it, and name its parts in an index.`,
      );
      return;
    }
    if (sitemap.kind === 'pages') {
      this.entries.push(...sitemap.entries.map((entry) => ({ url: entry, from: url })));
      return;
    }
    if (depth >= discoverLimits.indexDepth) {
      this.problems.push(`${shown} is an index of an index of an index. Name one of its sitemaps in discover: sitemap.`);
      return;
    }
    const named = sitemap.entries.flatMap((entry) => (URL.canParse(entry, url.href) ? [new URL(entry, url.href)] : []));
    // A sitemap that the config names by its URL is read where it is, and so are its parts.
    const isOfPreview = url.origin === this.#base.origin;
    await this.readAll(isOfPreview ? named.map((one) => toPreview(one, this.#base)) : named, depth + 1);
  }
}

function endSentence(phrase: string): string {
  return phrase.endsWith('.') ? phrase : `${phrase}.`;
}

function asFinding(reader: SitemapFiles, base: URL, globs: GlobRules): Finding {
  const gathering = new Gathering('sitemap');
  const otherHosts = new Map<string, number>();
  if (reader.entries.length > discoverLimits.allEntries) {
    return unreadable(
      `The sitemaps of ${displayUrl(base.origin)} have ${formatCount(reader.entries.length)} entries, more than the ${formatCount(discoverLimits.allEntries)} that are read. Name one of them in discover: sitemap.`,
    );
  }
  for (const { url: written, from } of reader.entries) {
    const url = URL.canParse(written, from.href) ? new URL(written, from.href) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      gathering.leave(displayUrl(written), { kind: 'not-web' });
      continue;
    }
    const ofOtherHost = url.origin !== base.origin;
    const own = ownPath(url, base, { ofOtherHost });
    const reason = own === undefined ? ({ kind: 'outside-base' } as const) : (decideAddress(own) ?? globs.page(own));
    if (own === undefined || reason !== undefined) {
      gathering.leave(displayUrl(own ?? url.href), reason ?? { kind: 'outside-base' });
      continue;
    }
    if (ofOtherHost) {
      otherHosts.set(url.origin, (otherHosts.get(url.origin) ?? 0) + 1);
    }
    gathering.take({ url: own });
  }
  const mapped = [...otherHosts].map(([origin, count]) => `${displayUrl(origin)} (${formatPlural(count, 'page')})`);
  const notes =
    mapped.length === 0
      ? []
      : [`The sitemap names ${formatFew(mapped, 5)}; these pages are captured at ${displayUrl(base.origin)}, the origin of base-url.`];
  return { ...gathering, notes, problems: reader.problems, found: gathering.found, leftOut: gathering.leftOut };
}
