/** The full name of the ref that a person named: a full one, or a branch. */
export function fullRefName(written: string): string {
  return written.startsWith('refs/') ? written : `refs/heads/${written}`;
}

/** Whether git takes it as the full name of a ref (the rules of `git check-ref-format`, but for rare ones). */
export function isRefName(name: string): boolean {
  const forbidden = /[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$/u;
  return name.startsWith('refs/') && name.split('/').length > 2 && !forbidden.test(name);
}
