import { resolveTargetUrl } from '../address/target-url.ts';
import type { Problem } from '../errors/problem.ts';
import type { Login } from '../plan/step.ts';
import type { Values } from './values.ts';

/** Reads how to sign in; notes it when that cannot be done. */
export function readLogin(values: Values, base: URL | undefined, problems: Problem[]): Login | undefined {
  const written = values.get('login');
  if (written === undefined) {
    return undefined;
  }
  const place = values.placeOf('login');
  const resolved = resolveTargetUrl(written.url, base);
  if ('problem' in resolved) {
    problems.push({ place, message: `login has a url that cannot be opened: ${resolved.problem}` });
    return undefined;
  }
  if (values.require('baseline') === 'url') {
    problems.push({
      place,
      message:
        'login signs in at the preview alone, so with baseline: url its pages would be compared with those that visitors of baseline-url see without signing in. Use another baseline, or take login out',
    });
  }
  const { origin, href } = resolved.url;
  return { url: href, origins: [...new Set([origin, base?.origin ?? origin])], steps: written.steps };
}
