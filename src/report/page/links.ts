import { oneLine, shorten } from '../../basics/text.ts';
import { h } from './dom.ts';

/** A link to a page outside, when the address is one that a browser may follow; else its text. */
export function externalLink(url: string): HTMLElement {
  const text = shorten(oneLine(url), 120);
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol !== 'https:' && protocol !== 'http:') {
    return h('bdi', {}, text);
  }
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, h('bdi', {}, text));
}
