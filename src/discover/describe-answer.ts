import { displayUrl } from '../address/display-url.ts';
import { formatBytes } from '../basics/format.ts';
import { docsUrl } from '../basics/product.ts';
import { readText } from './read-text.ts';
import type { WebAnswer } from './web.ts';

const openIt = `If the preview is protected, set page-headers (${docsUrl('protected-previews.md')}).`;

/**
 * Why an answer is not what was asked for, as a phrase behind its address with what to do; undefined: it is a document
 * with a status that says so.
 */
export function describeBadAnswer(answer: WebAnswer): string | undefined {
  switch (answer.kind) {
    case 'document':
      if (answer.status === 401 || answer.status === 403) {
        return `answered with HTTP ${answer.status}: it may not be read without signing in. ${openIt}`;
      }
      return answer.status >= 200 && answer.status < 300 ? undefined : `answered with HTTP ${answer.status}`;
    case 'too-large':
      return `is larger than the ${formatBytes(answer.maxBytes)} that are read of it`;
    case 'leaves':
      return `leads to another site, ${displayUrl(answer.to.origin)}, most likely a sign-on page. ${openIt}`;
    case 'endless':
      return `was still redirecting after ${answer.redirects} redirects`;
    case 'unreachable':
      return `could not be reached: ${answer.reason}`;
  }
}

/** The text of a document, or why there is none. */
export function textOfAnswer(
  answer: WebAnswer,
  maxBytes: number,
): { readonly text: string; readonly url: URL } | { readonly problem: string } {
  const problem = describeBadAnswer(answer);
  if (problem !== undefined || answer.kind !== 'document') {
    return { problem: problem ?? '' };
  }
  try {
    const text = readText(answer.bytes, maxBytes);
    return text === undefined
      ? { problem: `is larger than the ${formatBytes(maxBytes)} that are read of it, once unpacked` }
      : { text, url: answer.url };
  } catch {
    return { problem: 'begins as a gzip file and cannot be unpacked' };
  }
}
