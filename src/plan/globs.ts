import picomatch from 'picomatch';

/** Whether a glob can match the path of a page: all begin with a slash. */
export function isPageGlob(glob: string): boolean {
  return glob.startsWith('/') || hasWildStart(glob);
}

/** Whether a glob can match the title or the id of a story: none begins with a slash. */
export function isStoryGlob(glob: string): boolean {
  return !glob.startsWith('/');
}

function hasWildStart(glob: string): boolean {
  return /^[*?{[(@+!]/.test(glob);
}

/** Whether one of the globs matches one of the words. Titles of stories are compared without their case. */
export function globMatcher(
  globs: readonly string[],
  { nocase }: { readonly nocase: boolean },
): (...words: readonly string[]) => boolean {
  const matchers = globs.map((glob) => picomatch(glob, { dot: true, nonegate: true, nocase }));
  return (...words) => matchers.some((matches) => words.some((word) => matches(word)));
}
