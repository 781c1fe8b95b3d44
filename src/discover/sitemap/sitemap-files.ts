import { displayUrl } from '../../address/display-url.ts';
import { formatCount } from '../../basics/format.ts';
import { textOfAnswer } from '../describe-answer.ts';
import { discoverLimits } from '../limits.ts';
import type { Web } from '../web.ts';
import { parseSitemap, type Sitemap } from './parse-sitemap.ts';
import { toPreview } from './to-preview.ts';

const accept = 'application/xml,text/xml,text/plain,*/*;q=0.8';

/** Reads sitemaps and what their indexes name, each once. */
export class SitemapFiles {
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

  async #read(url: URL): Promise<Sitemap> {
    const { sitemapBytes } = discoverLimits;
    const read = textOfAnswer(await this.#web.get(url, { maxBytes: sitemapBytes, accept }), sitemapBytes);
    return 'problem' in read ? { kind: 'wrong', problem: read.problem } : parseSitemap(read.text);
  }

  async #keep(url: URL, sitemap: Sitemap, depth: number): Promise<void> {
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
