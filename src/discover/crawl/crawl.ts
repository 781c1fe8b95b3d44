import { displayUrl } from '../../address/display-url.ts';
import { pageKey } from '../../address/page-key.ts';
import { resolveTargetUrl } from '../../address/target-url.ts';
import { formatCount } from '../../basics/format.ts';
import type { LeftOutReason } from '../../plan/discovery.ts';
import type { GlobRules } from '../choose.ts';
import { decideAddress } from '../decide-page.ts';
import { describeBadAnswer, textOfAnswer } from '../describe-answer.ts';
import { type Finding, Gathering, unreadable } from '../finding.ts';
import { discoverLimits } from '../limits.ts';
import { ownPath } from '../own-path.ts';
import type { Web, WebAnswer } from '../web.ts';
import { parsePage } from './parse-page.ts';

export interface CrawlSearch {
  readonly base: URL;
  /** Links from `base-url` to the farthest page. */
  readonly depth: number;
  /** More pages are not looked for. */
  readonly max: number;
  readonly globs: GlobRules;
  readonly web: Web;
}

/**
 * Finds the pages of a small site by its links, as its server sends them. The pages of one distance are asked for side by
 * side and taken in the order of the links, so that the same site comes to the same list however fast it answers.
 */
export async function crawl(search: CrawlSearch): Promise<Finding> {
  const crawler = new Crawler(search);
  const problem = await crawler.start();
  return problem === undefined ? crawler.finding() : unreadable(problem);
}

interface Page {
  readonly own: string;
  /** Its own, as far as it is known under one. */
  readonly key: string;
  readonly canonical: string | undefined;
}

class Crawler {
  readonly #search: CrawlSearch;
  readonly #gathering = new Gathering('crawl');
  /** Keys of what was asked for or left out. */
  readonly #seen = new Set<string>();
  readonly #queries = new Map<string, number>();
  readonly #pages = new Map<string, Page>();
  /** Where `base-url` leads: to `www.` or https. */
  readonly #origins: Set<string>;
  #asked = 0;
  #isCut = false;

  constructor(search: CrawlSearch) {
    this.#search = search;
    this.#origins = new Set([search.base.origin]);
  }

  /** What keeps the crawl from beginning; undefined: it was done. */
  async start(): Promise<string | undefined> {
    const { base, depth } = this.#search;
    const start = resolveTargetUrl('/', base);
    if ('problem' in start) {
      return start.problem;
    }
    const answer = await this.#ask('/');
    const bad = describeBadAnswer(answer) ?? (isHtml(answer) ? undefined : 'is not a page of HTML');
    if (bad !== undefined) {
      return `The crawl cannot begin: ${displayUrl(start.url.href)} ${bad}${bad.endsWith('.') ? '' : '.'}`;
    }
    if (answer.kind === 'document') {
      this.#origins.add(answer.url.origin);
    }
    this.#seen.add(this.#keyOf('/'));
    let links = this.#keep('/', answer);
    for (let distance = 1; distance <= depth && links.length > 0 && !this.#isCut; distance += 1) {
      links = await this.#visit(links);
    }
    return undefined;
  }

  finding(): Finding {
    const { globs } = this.#search;
    for (const page of this.#pages.values()) {
      const reason = this.#whyDuplicate(page) ?? globs.page(page.own);
      if (reason === undefined) {
        this.#gathering.take({ url: page.own });
      } else {
        this.#gathering.leave(displayUrl(page.own), reason);
      }
    }
    const { found, leftOut, problems } = this.#gathering;
    return { found, leftOut, problems, notes: this.#notes(), ...(this.#isCut ? { isCut: true } : {}) };
  }

  #notes(): string[] {
    return this.#isCut && this.#asked >= discoverLimits.crawledPages
      ? [`The crawl ended after ${formatCount(this.#asked)} pages; there are more.`]
      : [];
  }

  async #visit(links: readonly string[]): Promise<string[]> {
    const room = Math.max(0, discoverLimits.crawledPages - this.#asked);
    const asked = links.slice(0, room);
    const answers = await Promise.all(asked.map(async (own) => ({ own, answer: await this.#ask(own) })));
    const next = answers.flatMap(({ own, answer }) => this.#keep(own, answer));
    const wanted = [...this.#pages.values()].filter(({ own }) => this.#search.globs.page(own) === undefined);
    this.#isCut = asked.length < links.length || wanted.length > this.#search.max;
    return next;
  }

  async #ask(own: string): Promise<WebAnswer> {
    const resolved = resolveTargetUrl(own, this.#search.base);
    if ('problem' in resolved) {
      return { kind: 'unreachable', reason: resolved.problem, passing: false };
    }
    this.#asked += 1;
    const ask = (): Promise<WebAnswer> => this.#search.web.get(resolved.url, { maxBytes: discoverLimits.pageBytes, cut: true });
    const answer = await ask();
    return isPassing(answer) ? await ask() : answer;
  }

  /** Keeps what answered, where it is a page; the paths that it leads to and nobody has asked for. */
  #keep(asked: string, answer: WebAnswer): string[] {
    const leave = (reason: LeftOutReason): string[] => {
      this.#gathering.leave(displayUrl(asked), reason);
      return [];
    };
    if (isPassing(answer)) {
      // Without it the list would be another one today than tomorrow, and its baseline would count as removed.
      this.#gathering.problems.push(`The crawl found ${displayUrl(asked)}, which ${describeBadAnswer(answer)}.`);
      return [];
    }
    if (answer.kind !== 'document' || answer.status >= 400) {
      return leave(whyNoPage(answer));
    }
    if (!isHtml(answer)) {
      return leave({ kind: 'no-page', detail: mediaType(answer) });
    }
    // A redirect within the site leads to the page that is meant.
    const own = this.#ownPath(answer.url);
    if (own === undefined) {
      return leave({ kind: 'outside-base' });
    }
    const key = this.#keyOf(own);
    const read = textOfAnswer(answer, discoverLimits.pageBytes);
    if ('problem' in read) {
      return leave({ kind: 'unreachable', detail: read.problem });
    }
    const known = this.#pages.get(key);
    if (known !== undefined) {
      return known.own === asked ? [] : leave({ kind: 'same-page', detail: known.own });
    }
    this.#seen.add(key);
    const { links, canonical } = parsePage(read.text, answer.url);
    const canonicalOwn = canonical === undefined ? undefined : ownPath(canonical, this.#search.base, { ofOtherHost: true });
    this.#pages.set(key, { own, key, canonical: canonicalOwn });
    return links.flatMap((url) => this.#decideLink(url));
  }

  #decideLink(url: URL): string[] {
    if ((url.protocol !== 'http:' && url.protocol !== 'https:') || !this.#origins.has(url.origin)) {
      return [];
    }
    const own = this.#ownPath(url);
    if (own === undefined) {
      return [];
    }
    const key = this.#keyOf(own);
    if (this.#seen.has(key)) {
      return [];
    }
    this.#seen.add(key);
    const excluded = this.#search.globs.page(own);
    // What is not included may lead to what is.
    const reason = decideAddress(own) ?? (excluded?.kind === 'excluded' ? excluded : this.#countQuery(own));
    if (reason !== undefined) {
      this.#gathering.leave(displayUrl(own), reason);
      return [];
    }
    return [own];
  }

  #countQuery(own: string): LeftOutReason | undefined {
    const [path = '', query] = own.split('?', 2);
    if (query === undefined) {
      return undefined;
    }
    const count = (this.#queries.get(path) ?? 0) + 1;
    this.#queries.set(path, count);
    return count > discoverLimits.queriesOfPath ? { kind: 'queries', detail: String(discoverLimits.queriesOfPath) } : undefined;
  }

  /** A page that says that it is another one, which was found as well. */
  #whyDuplicate({ key, canonical }: Page): LeftOutReason | undefined {
    if (canonical === undefined) {
      return undefined;
    }
    const other = this.#keyOf(canonical);
    return other !== key && this.#pages.has(other) ? { kind: 'canonical', detail: canonical } : undefined;
  }

  #ownPath(url: URL): string | undefined {
    return ownPath(url, this.#search.base, { ofOtherHost: false });
  }

  #keyOf(own: string): string {
    return pageKey(new URL(own, 'http://base'));
  }
}

/** Nothing that says whether there is a page. */
function isPassing(answer: WebAnswer): boolean {
  return answer.kind === 'unreachable' || (answer.kind === 'document' && (answer.status >= 500 || answer.status === 429));
}

function whyNoPage(answer: WebAnswer): LeftOutReason {
  switch (answer.kind) {
    case 'document':
      return { kind: 'answered', detail: String(answer.status) };
    case 'leaves':
      return { kind: 'leads-away', detail: displayUrl(answer.to.origin) };
    case 'unreachable':
      return { kind: 'unreachable', detail: answer.reason };
    case 'endless':
    case 'too-large':
      return { kind: 'unreachable', detail: describeBadAnswer(answer) ?? '' };
  }
}

function mediaType(answer: WebAnswer): string {
  return answer.kind === 'document' ? (answer.contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '') : '';
}

/** What has no type is taken for a page, as browsers do. */
function isHtml(answer: WebAnswer): boolean {
  return ['', 'text/html', 'application/xhtml+xml'].includes(mediaType(answer));
}
