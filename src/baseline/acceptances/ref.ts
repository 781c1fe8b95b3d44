/**
 * Where the pictures are kept that somebody accepted on a pull request and that are no baselines yet. A ref for each pull
 * request, since what was accepted on one says nothing of the others.
 */
export const acceptancesRefs = 'refs/visual-capture/acceptances/';

export function acceptancesRef(pullRequest: number): string {
  return `${acceptancesRefs}${pullRequest}`;
}

/** The pull request whose ref has this name; undefined: it is none of ours. */
export function pullRequestOf(ref: string): number | undefined {
  const number = ref.startsWith(acceptancesRefs) ? /^\d{1,15}$/.exec(ref.slice(acceptancesRefs.length))?.[0] : undefined;
  return number === undefined ? undefined : Number(number);
}
