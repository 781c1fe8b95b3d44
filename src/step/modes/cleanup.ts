import { exampleUrl } from '../../basics/product.ts';
import { defined } from '../../basics/record.ts';
import { UserError } from '../../errors/user-error.ts';
import { explainGitError } from '../../git/explain-git.ts';
import type { GitRemote } from '../../git/remote.ts';
import { openScratchRepository } from '../../git/scratch-repository.ts';
import { deleteRef } from '../../git/update-ref.ts';
import { cloneUrl } from '../../github/repository.ts';
import { pictureRef } from '../../publish/comment/picture-ref.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import type { WorkflowStep } from '../workflow-step.ts';

/**
 * `mode: cleanup`: deletes the pictures of a pull request that was closed. Returns whether the step passes.
 * @throws UserError when there is no pull request, or the token may not push.
 */
export async function runCleanup({ githubToken, workflowRun, log, signal }: WorkflowStep): Promise<boolean> {
  const about = workflowRun?.about;
  if (workflowRun === undefined || about?.kind !== 'pull-request') {
    throw new UserError(
      'mode: cleanup deletes the pictures of a closed pull request, and this run belongs to none.',
      `Run it with on: pull_request_target with types: [closed], as in ${exampleUrl('cleanup.yml')}.`,
    );
  }
  const { number, open } = about.pullRequest;
  if (open) {
    log.info(`Pull request ${number} is open, so its pictures stay.`);
    return true;
  }
  const remote = { url: cloneUrl(workflowRun.repository), ...defined({ token: githubToken }) };
  const were = await deletePicturesAt(remote, number, signal);
  log.info(were ? `The pictures of pull request ${number} are deleted.` : `Pull request ${number} has no pictures.`);
  return true;
}

/** Returns whether there were any. */
async function deletePicturesAt(remote: GitRemote, pullRequest: number, signal: AbortSignal): Promise<boolean> {
  const what = `${pictureRef(pullRequest)} could not be deleted`;
  try {
    await using scratch = await openScratchRepository(remote, { signal });
    const result = await deleteRef(scratch, pictureRef(pullRequest), { clock: systemClock, random: systemRandom });
    switch (result.kind) {
      case 'pushed':
        return true;
      case 'unchanged':
        return false;
      case 'rejected':
        throw new UserError(
          `${what}: the server refused (${result.reason}).`,
          'Allow this token to delete refs/visual-capture/pr/*.',
        );
      case 'outrun':
        throw new UserError(`${what}: other jobs wrote to it ${result.rounds} times meanwhile.`, 'Run the job again.');
    }
  } catch (error) {
    throw explainGitError(error, { what, permission: 'contents: write' });
  }
}
