import { decodePart } from '../address/decode-part.ts';

/** Parameters that tell where a visitor came from, and nothing of the page. */
const tracking = /^(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id)$/i;

/**
 * Where a page lies below `base-url`, as a target of it is written: `/docs/intro?tab=2`. What `base-url` itself adds to
 * every address, what tells where a visitor came from, and the fragment are left out. Undefined: it
 * lies elsewhere. `ofOtherHost`: its path counts as it is where the base's is no part of it, since production may lie at
 * the root while its preview lies in a folder.
 */
export function ownPath(url: URL, base: URL, { ofOtherHost }: { readonly ofOtherHost: boolean }): string | undefined {
  const folder = base.pathname.replace(/\/$/, '');
  const isBelow = url.pathname === folder || url.pathname.startsWith(`${folder}/`);
  if (!isBelow && !ofOtherHost) {
    return undefined;
  }
  const path = isBelow ? url.pathname.slice(folder.length) : url.pathname;
  const search = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && isOfPage(parameter, base))
    .join('&');
  return `${path === '' ? '/' : path}${search === '' ? '' : `?${search}`}`;
}

function isOfPage(parameter: string, base: URL): boolean {
  const name = decodePart(parameter.split('=', 1)[0] ?? '');
  return !tracking.test(name) && !base.searchParams.has(name);
}
