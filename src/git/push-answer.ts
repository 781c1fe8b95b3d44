export type PushResult =
  | { readonly kind: 'pushed' }
  /** The ref is no longer what it was: somebody else was faster. Fetch, apply again, push again. */
  | { readonly kind: 'lost-race' }
  /** The server took the objects but not the ref, e.g. because a rule protects it. `reason` in the server's words. */
  | { readonly kind: 'rejected'; readonly reason: string };

/** What servers answer when the ref moved between the advertisement and its update. */
const raceReasons =
  /stale info|fetch first|non-fast-forward|cannot lock ref|failed to (lock|update) ref|incorrect old value|already exists/i;

/**
 * Reads what `git push --porcelain` says of the one ref it was given: `flag TAB from:to TAB summary (reason)`.
 * undefined: it says nothing of a ref, so the push failed before.
 */
export function readPushAnswer(output: string): PushResult | undefined {
  const line = output.split('\n').find((text) => /^[ +\-*!=]\t/.test(text));
  if (line === undefined) {
    return undefined;
  }
  const [flag, , summary = ''] = line.split('\t');
  if (flag !== '!') {
    return { kind: 'pushed' };
  }
  return raceReasons.test(summary) ? { kind: 'lost-race' } : { kind: 'rejected', reason: summary.replace(/\p{Cc}/gu, '').trim() };
}
