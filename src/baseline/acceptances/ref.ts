/**
 * Where the pictures are kept that somebody accepted on a pull request and that are no baselines yet. A ref for each pull
 * request, since what was accepted on one says nothing of the others.
 */
export function acceptancesRef(pullRequest: number): string {
  return `refs/visual-capture/acceptances/${pullRequest}`;
}
