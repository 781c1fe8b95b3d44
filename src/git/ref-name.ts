const branches = 'refs/heads/';

/** The full name of the ref that a person named: a full one, or a branch. */
export function fullRefName(written: string): string {
  return written.startsWith('refs/') ? written : branchRef(written);
}

/** The full name of a branch's ref. Of a branch, whatever it is called: `refs/heads/x` is a name that git takes for one. */
export function branchRef(branch: string): string {
  return `${branches}${branch}`;
}

/** The branch whose ref has this full name; undefined: it is no branch's. */
export function branchOfRef(ref: string): string | undefined {
  return ref.startsWith(branches) ? ref.slice(branches.length) : undefined;
}

/** Whether git takes it as the full name of a ref: the rules of `git check-ref-format`, which forbids nothing beyond ASCII. */
export function isRefName(name: string): boolean {
  const forbidden = /(?=\p{ASCII})[\s\p{Cc}]|[~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$/u;
  return name.startsWith('refs/') && name.split('/').length > 2 && !forbidden.test(name);
}
