import { Parser } from 'htmlparser2';
import { discoverLimits } from '../limits.ts';

/** What of a page leads to others. */
export interface PageLinks {
  /** Absolute addresses without their fragments, in the order of the page, each once. */
  readonly links: readonly URL[];
  readonly canonical: URL | undefined;
}

/**
 * The links of a page as its server sent it. What scripts add is not seen; what stands in comments, scripts and templates
 * is no link, nor is a download.
 */
export function parsePage(html: string, address: URL): PageLinks {
  const reader = new LinkReader(address);
  const parser = new Parser({
    onopentag: (name, attributes) => reader.open(name, attributes),
    onclosetag: (name) => reader.close(name),
  });
  parser.end(html);
  return { links: [...reader.links.values()], canonical: reader.canonical };
}

class LinkReader {
  readonly links = new Map<string, URL>();
  canonical: URL | undefined;
  #base: URL;
  #hasBase = false;
  #templates = 0;

  constructor(address: URL) {
    this.#base = address;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'template') {
      this.#templates += 1;
    }
    const url = this.#templates > 0 ? undefined : this.#resolve(attributes['href']);
    if (url !== undefined) {
      this.#keep(name, url, attributes);
    }
  }

  close(name: string): void {
    if (name === 'template' && this.#templates > 0) {
      this.#templates -= 1;
    }
  }

  #keep(name: string, url: URL, { rel, download }: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'base':
        // Only the first one counts.
        this.#base = this.#hasBase ? this.#base : url;
        this.#hasBase = true;
        break;
      case 'link':
        this.canonical ??= rel?.trim().toLowerCase() === 'canonical' ? url : undefined;
        break;
      case 'a':
      case 'area':
        url.hash = '';
        if (download === undefined && this.links.size < discoverLimits.linksOfPage) {
          this.links.set(url.href, url);
        }
        break;
    }
  }

  #resolve(written: string | undefined): URL | undefined {
    const href = written?.trim() ?? '';
    return href === '' || href.startsWith('#') || !URL.canParse(href, this.#base.href)
      ? undefined
      : new URL(href, this.#base.href);
  }
}
