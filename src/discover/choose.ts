import { decodePart } from '../address/decode-part.ts';
import type { DiscoverChoice, LeftOutReason } from '../plan/discovery.ts';
import { globMatcher, isPageGlob, isStoryGlob } from '../plan/globs.ts';

/** What `include` and `exclude` say of a page or a story; undefined: it is taken. */
export interface GlobRules {
  /** `own`: the path below `base-url`, with its query, which no glob looks at. */
  readonly page: (own: string) => LeftOutReason | undefined;
  readonly story: (title: string, name: string, id: string) => LeftOutReason | undefined;
}

/** A glob with a slash at its start is for pages alone, and all others for stories, but for those that begin with a wildcard. */
export function readGlobs({ include, exclude }: Pick<DiscoverChoice, 'include' | 'exclude'>): GlobRules {
  const rule = (isFor: (glob: string) => boolean, nocase: boolean): ((...words: string[]) => LeftOutReason | undefined) => {
    const wanted = include.filter(isFor);
    const isWanted = globMatcher(wanted, { nocase });
    const isExcluded = globMatcher(exclude.filter(isFor), { nocase });
    return (...words) => {
      if (isExcluded(...words)) {
        return { kind: 'excluded' };
      }
      return wanted.length === 0 || isWanted(...words) ? undefined : { kind: 'not-included' };
    };
  };
  const ofPage = rule(isPageGlob, false);
  return {
    page: (own) => ofPage(pathOf(own)),
    story: rule(isStoryGlob, true),
  };
}

/** As a person reads it, without a slash at its end. */
function pathOf(own: string): string {
  const path = decodePart(own.split('?', 1)[0] ?? '');
  return path === '/' ? path : path.replace(/\/+$/, '');
}
