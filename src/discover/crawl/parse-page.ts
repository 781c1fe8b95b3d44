import { Parser } from 'htmlparser2';
import { discoverLimits } from '../limits.ts';

/** What of a page leads to others. */
export interface PageLinks {
  /** Absolute addresses, in the order of the page, each once. */
  readonly links: readonly URL[];
  readonly canonical: URL | undefined;
}

/**
 * The links of a page as its server sent it. What scripts add is not seen; what stands in comments, scripts and templates
 * is no link.
 */
export function parsePage(html: string, address: URL): PageLinks {
  let base = address;
  let canonical: URL | undefined;
  const links = new Map<string, URL>();
  const resolve = (written: string | undefined): URL | undefined => {
    const href = written?.trim() ?? '';
    return href === '' || href.startsWith('#') || !URL.canParse(href, base.href) ? undefined : new URL(href, base.href);
  };
  let templates = 0;
  const parser = new Parser({
    onopentag: (name, { href, rel, download }) => {
      templates += name === 'template' ? 1 : 0;
      const url = templates > 0 || download !== undefined ? undefined : resolve(href);
      if (url === undefined || links.size >= discoverLimits.linksOfPage) {
        return;
      }
      if (name === 'base' && base === address) {
        base = url;
      } else if (name === 'link' && rel?.trim().toLowerCase() === 'canonical') {
        canonical ??= url;
      } else if (name === 'a' || name === 'area') {
        url.hash = '';
        links.set(url.href, url);
      }
    },
    onclosetag: (name) => {
      templates -= name === 'template' && templates > 0 ? 1 : 0;
    },
  });
  parser.end(html);
  return { links: [...links.values()], canonical };
}
