import { Parser } from 'htmlparser2';

/** What a sitemap holds, as it is written; `entries` are addresses of pages, or of an index those of sitemaps. */
export type Sitemap =
  | { readonly kind: 'pages' | 'index'; readonly entries: readonly string[] }
  | { readonly kind: 'wrong'; readonly problem: string };

/** What stands around an address, by the root element. The addresses of pictures and videos stand deeper. */
const entryOf: Readonly<Record<string, { readonly kind: 'pages' | 'index'; readonly entry: string }>> = {
  urlset: { kind: 'pages', entry: 'url' },
  sitemapindex: { kind: 'index', entry: 'sitemap' },
};

/** Elements within each other; a sitemap has four. */
const deepest = 32;

/**
 * Reads a sitemap: XML, or text with an address a line. The XML is that of others: entities but XML's own five and numbers
 * stay as they are written, nothing is fetched, a document type is skipped, and what is not closed or nested wrongly is an
 * error, since half of a sitemap would be taken for the whole.
 */
export function parseSitemap(text: string): Sitemap {
  if (!/^\s*</.test(text)) {
    return parseText(text);
  }
  if (/^\s*<(?:!doctype\s+html|html)\b/i.test(text)) {
    return { kind: 'wrong', problem: 'is an HTML page, and no sitemap' };
  }
  const reader = new SitemapReader();
  const parser: Parser = new Parser(
    {
      onopentagname: (name) => reader.onopentagname(name),
      ontext: (data) => reader.ontext(data),
      // What the library calls implied is closed by `/>`, or by nothing at all.
      onclosetag: (name, isImplied) => reader.onclosetag(name, !isImplied || text[parser.endIndex - 1] === '/'),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return reader.result();
}

class SitemapReader {
  private readonly path: string[] = [];
  private readonly entries: string[] = [];
  private root: string | undefined;
  private loc: string | undefined;
  private problem: string | undefined;

  onopentagname(name: string): void {
    const local = name.slice(name.indexOf(':') + 1);
    this.root ??= local;
    this.path.push(local);
    if (this.path.length > deepest) {
      this.problem ??= `is nested more than ${deepest} levels deep`;
    }
    if (local === 'loc' && this.path.length === 3 && this.path[1] === entryOf[this.root]?.entry) {
      this.loc = '';
    }
  }

  ontext(text: string): void {
    if (this.loc !== undefined) {
      this.loc += text;
    }
  }

  /** `isClosed`: by a tag of its own. */
  onclosetag(name: string, isClosed: boolean): void {
    this.path.pop();
    if (!isClosed) {
      this.problem ??= `is not well-formed XML: <${name}> is not closed`;
    }
    if (this.loc !== undefined && this.path.length === 2) {
      this.entries.push(this.loc.trim());
      this.loc = undefined;
    }
  }

  result(): Sitemap {
    const known = this.root === undefined ? undefined : entryOf[this.root];
    if (this.problem !== undefined) {
      return { kind: 'wrong', problem: this.problem };
    }
    return known === undefined
      ? {
          kind: 'wrong',
          problem: `is no sitemap: it holds ${this.root === undefined ? 'no XML' : `<${this.root}>`} where <urlset> or <sitemapindex> is expected`,
        }
      : { kind: known.kind, entries: this.entries.filter((entry) => entry !== '') };
  }
}

/** An address a line, as the protocol allows. */
function parseText(text: string): Sitemap {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wrong = lines.find((line) => !/^https?:\/\/\S+$/i.test(line));
  if (lines.length === 0) {
    return { kind: 'wrong', problem: 'is empty' };
  }
  return wrong === undefined
    ? { kind: 'pages', entries: lines }
    : { kind: 'wrong', problem: 'is neither XML nor a list of addresses, one a line' };
}
