import { displayUrl } from './display-url.ts';

/** A URL that was understood, or what is wrong with it (a whole phrase). */
export type ResolvedUrl = { readonly url: URL } | { readonly problem: string };

/** Reads an absolute http(s) URL. `what` names it in the problem. */
export function parseWebUrl(written: string, what: string): ResolvedUrl {
  if (!/^https?:\/\//i.test(written)) {
    return { problem: `${what} must start with http:// or https://, not "${displayUrl(written)}"` };
  }
  return URL.canParse(written) ? { url: new URL(written) } : { problem: `${what} "${displayUrl(written)}" is no valid URL` };
}

/**
 * The absolute URL of a target. A relative one is put behind the path of the base, so that previews below a folder
 * (`https://host/pr-7/`) work; the base's query is added, so that a bypass token can stand in one place.
 */
export function resolveTargetUrl(target: string, base: URL | undefined): ResolvedUrl {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    return parseWebUrl(target, 'a target');
  }
  if (target.startsWith('//')) {
    return { problem: `a target must be a URL with http:// or https://, or a path, not "${displayUrl(target)}"` };
  }
  if (base === undefined) {
    return {
      problem: `the target "${displayUrl(target)}" is relative, and base-url is not set. Set base-url to the address of the preview, or give a whole URL`,
    };
  }
  const absolute = `${base.origin}${base.pathname.replace(/\/$/, '')}/${target.replace(/^\//, '')}`;
  if (!URL.canParse(absolute)) {
    return { problem: `the target "${displayUrl(target)}" is no valid path` };
  }
  const url = new URL(absolute);
  url.username = base.username;
  url.password = base.password;
  for (const [key, value] of base.searchParams) {
    url.searchParams.append(key, value);
  }
  return { url };
}

/** The name's source for a relative target: its own path and query, without the base's. */
export function ownUrl(target: string, resolved: URL): URL {
  return /^[a-z][a-z0-9+.-]*:/i.test(target) ? resolved : new URL(`/${target.replace(/^\//, '')}`, 'http://localhost');
}
