import { decodePart } from './decode-part.ts';
import { resolveTargetUrl } from './target-url.ts';

/**
 * What two spellings of the address of one page have in common: no `index.html`, no slash at the end, no order of
 * parameters, no percent-encoding that is not needed, no fragment. Paths are told apart by their case, as servers may.
 */
export function pageKey(url: URL): string {
  const path = decodePart(url.pathname)
    .normalize('NFC')
    .replace(/\/index\.html?$/, '/')
    .replace(/\/+$/, '');
  const search = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '')
    .map(decodePart)
    .sort()
    .join('&');
  return `${url.origin}${path}?${search}`;
}

/** The same of a target as it is written; itself where it is no address. */
export function targetKey(target: string, base: URL | undefined): string {
  const resolved = resolveTargetUrl(target, base);
  return 'problem' in resolved ? target : pageKey(resolved.url);
}
