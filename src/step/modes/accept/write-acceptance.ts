import { recordAccepted } from '../../../baseline/acceptances/record.ts';
import { acceptancesRef } from '../../../baseline/acceptances/ref.ts';
import { commitToDirectory } from '../../../baseline/commit-directory.ts';
import type { ReviewedPicture } from '../../../baseline/reviewed-pictures.ts';
import { formatPlural } from '../../../basics/format.ts';
import { connectLfs } from '../../../git/lfs/server.ts';
import { branchRef } from '../../../git/ref-name.ts';
import type { GitRemote } from '../../../git/remote.ts';
import type { ScratchRepository } from '../../../git/scratch-repository.ts';
import type { AcceptRequest } from '../../../github/accept-request.ts';
import type { ReviewedArtifact } from '../../../github/find-reviewed-run.ts';
import type { AcceptedPullRequest } from '../../../github/open-pull-request.ts';
import type { BaselineChoice } from '../../../inputs/inputs.ts';
import { systemClock, systemRandom } from '../../../system/clock.ts';

export interface AcceptedWork {
  readonly pictures: ReadonlyMap<string, ReviewedPicture>;
  /**
   * They are accepted beside what was accepted before: how many pictures each capture had in the reviewed run. Undefined: in
   * its place.
   */
  readonly variants?: ReadonlyMap<string, number> | undefined;
  readonly request: AcceptRequest;
  /** The runs that were reviewed. */
  readonly runs: readonly ReviewedArtifact[];
  readonly pull: AcceptedPullRequest;
  readonly remote: GitRemote;
  readonly signal: AbortSignal;
}

/**
 * Writes accepted pictures to where the baselines are, in one commit. Returns what was done, as a sentence.
 * @throws UserError, GitError
 */
export async function writeAcceptance(
  repository: ScratchRepository,
  baseline: Extract<BaselineChoice, { kind: 'directory' | 'ref' }>,
  { pictures, variants, request, runs, pull, remote, signal }: AcceptedWork,
): Promise<string> {
  const message = renderMessage(pictures.size, request, runs);
  const beside = variants === undefined ? '' : ' beside what was accepted before';
  const count = `${formatPlural(pictures.size, 'capture')} accepted${beside} for ${request.by}`;
  switch (baseline.kind) {
    case 'directory': {
      const { headBranch: branch, headCommit: parent } = pull;
      const { directory } = baseline;
      const runIds = runs.map(({ runId }) => `visual-capture accept --run ${runId}`).join(' and ');
      const commit = await commitToDirectory(repository, {
        branch,
        parent,
        directory,
        pictures,
        beside: variants !== undefined,
        message,
        date: systemClock.date(),
        connectLfs: () => connectLfs(remote, { ref: branchRef(branch), signal }),
        byHand: `Do it by hand: check out ${branch}, run ${runIds}, then git add ${directory}, git commit and git push.`,
      });
      return `${count}: ${commit} on ${branch}.`;
    }
    case 'ref': {
      const ports = { clock: systemClock, random: systemRandom };
      await recordAccepted(repository, pull.number, { pictures, variants, message }, ports);
      return `${count} in ${acceptancesRef(pull.number)}. Run the failed job again to see it pass.`;
    }
  }
}

function renderMessage(count: number, { by, pullRequest, comment }: AcceptRequest, runs: readonly ReviewedArtifact[]): string {
  const where = comment === undefined ? '' : ` in ${comment.url}`;
  const urls = [...new Set(runs.map(({ runUrl }) => runUrl))].join(' and ');
  return `Accept ${formatPlural(count, 'baseline')} of #${pullRequest}\n\nReviewed in ${urls}, accepted by ${by}${where}\n`;
}
