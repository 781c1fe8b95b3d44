import { resolveTargetUrl } from '../../address/target-url.ts';
import { ownPath } from '../own-path.ts';

/** A preview's files name production, whose own files are of another build: they are read from the preview. */
export function toPreview(url: URL, base: URL): URL {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return url;
  }
  const own = ownPath(url, base, { ofOtherHost: url.origin !== base.origin });
  const resolved = own === undefined ? { problem: '' } : resolveTargetUrl(own, base);
  return 'problem' in resolved ? url : resolved.url;
}
