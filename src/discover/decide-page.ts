import { decodePart } from '../address/decode-part.ts';
import type { LeftOutReason } from '../plan/discovery.ts';
import { discoverLimits } from './limits.ts';

/** What sites commonly hold beside pages, by the end of the path. */
const otherFiles =
  /\.(?:avif|bmp|css|csv|docx?|eot|epub|exe|gif|gz|ico|ics|jpe?g|js|json|m4[av]|map|md|mjs|mov|mp[34]|ogg|otf|pdf|png|pptx?|rss|svgz?|tar|tgz|tiff?|ttf|txt|wasm|wav|webm|webmanifest|webp|woff2?|xlsx?|xml|zip)$/i;

/** `/logout`, `/users/sign_out`, `?action=log-off`. */
const signOut = /(?:^|[/=])(?:log|sign)[-_]?(?:out|off)(?:$|[/.&;])/i;

/** What the address of a page alone tells against it; undefined: nothing. */
export function decideAddress(own: string): LeftOutReason | undefined {
  if (own.length > discoverLimits.urlLength) {
    return { kind: 'too-long' };
  }
  const [path = ''] = own.split('?', 1);
  const ending = otherFiles.exec(path)?.[0];
  if (ending !== undefined) {
    return { kind: 'no-page', detail: ending };
  }
  return signOut.test(decodePart(own).replace('?', '/')) ? { kind: 'sign-out' } : undefined;
}
