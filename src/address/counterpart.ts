import { type ResolvedUrl, resolveTargetUrl } from './target-url.ts';

/**
 * The same page of another deployment: what a target is behind `base` is put behind `baseline` instead. undefined: the
 * target is no page of the preview, so it has no counterpart. Without a base the preview is where the target is.
 */
export function resolveCounterpart(target: string, base: URL | undefined, baseline: URL): ResolvedUrl | undefined {
  if (!/^https?:/i.test(target) || !URL.canParse(target)) {
    return resolveTargetUrl(target, baseline);
  }
  const url = new URL(target);
  const folder = base?.pathname.replace(/\/$/, '') ?? '';
  const inside = base === undefined || (url.origin === base.origin && `${url.pathname}/`.startsWith(`${folder}/`));
  return inside ? resolveTargetUrl(`${url.pathname.slice(folder.length)}${url.search}${url.hash}`, baseline) : undefined;
}
