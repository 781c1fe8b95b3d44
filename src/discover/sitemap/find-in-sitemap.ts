import { displayUrl } from '../../address/display-url.ts';
import { resolveTargetUrl } from '../../address/target-url.ts';
import { formatCount, formatFew, formatPlural } from '../../basics/format.ts';
import type { LeftOutReason } from '../../plan/discovery.ts';
import type { GlobRules } from '../choose.ts';
import { decideAddress } from '../decide-page.ts';
import { textOfAnswer } from '../describe-answer.ts';
import { type Finding, Gathering, unreadable } from '../finding.ts';
import { discoverLimits } from '../limits.ts';
import { ownPath } from '../own-path.ts';
import type { Web } from '../web.ts';
import { parseRobots } from './parse-robots.ts';
import { SitemapFiles } from './sitemap-files.ts';
import { toPreview } from './to-preview.ts';

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
  const urls = named.flatMap((written) =>
    URL.canParse(written, base.href) ? [toPreview(new URL(written, base.href), base)] : [],
  );
  return urls.length === 0 ? usual : { urls };
}

/** The addresses of pages as targets of the preview, whoever's they are. */
function asFinding({ entries, problems }: SitemapFiles, base: URL, globs: GlobRules): Finding {
  if (entries.length > discoverLimits.allEntries) {
    return unreadable(
      `The sitemaps of ${displayUrl(base.origin)} have ${formatCount(entries.length)} entries, more than the ${formatCount(discoverLimits.allEntries)} that are read. Name one of them in discover: sitemap.`,
    );
  }
  const gathering = new Gathering('sitemap');
  const otherHosts = new Map<string, number>();
  for (const { url: written, from } of entries) {
    const url = URL.canParse(written, from.href) ? new URL(written, from.href) : undefined;
    const read = decideEntry(url, base, globs);
    if ('reason' in read) {
      gathering.leave(displayUrl(read.own ?? written), read.reason);
      continue;
    }
    if (url !== undefined && url.origin !== base.origin) {
      otherHosts.set(url.origin, (otherHosts.get(url.origin) ?? 0) + 1);
    }
    gathering.take({ url: read.own });
  }
  return { found: gathering.found, leftOut: gathering.leftOut, notes: tellMapped(otherHosts, base), problems };
}

function decideEntry(
  url: URL | undefined,
  base: URL,
  globs: GlobRules,
): { readonly own: string } | { readonly own?: string; readonly reason: LeftOutReason } {
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { reason: { kind: 'not-web' } };
  }
  const own = ownPath(url, base, { ofOtherHost: url.origin !== base.origin });
  if (own === undefined) {
    return { reason: { kind: 'outside-base' } };
  }
  const reason = decideAddress(own) ?? globs.page(own);
  return reason === undefined ? { own } : { own, reason };
}

function tellMapped(pagesOf: ReadonlyMap<string, number>, base: URL): string[] {
  const hosts = [...pagesOf].map(([origin, count]) => `${displayUrl(origin)} (${formatPlural(count, 'page')})`);
  return hosts.length === 0
    ? []
    : [
        `The sitemap names ${formatFew(hosts, 5)}; these pages are captured at ${displayUrl(base.origin)}, the origin of base-url.`,
      ];
}
