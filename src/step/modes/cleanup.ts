import { endAcceptances } from '../../baseline/acceptances/end.ts';
import { acceptancesRef } from '../../baseline/acceptances/ref.ts';
import { exampleUrl } from '../../basics/product.ts';
import { defined } from '../../basics/record.ts';
import { UserError } from '../../errors/user-error.ts';
import { explainGitError } from '../../git/explain-git.ts';
import { openScratchRepository } from '../../git/scratch-repository.ts';
import { deleteRef, type RefDeletion } from '../../git/update-ref.ts';
import { isClosedUnmerged } from '../../github/closed-pull-request.ts';
import { cloneUrl } from '../../github/repository.ts';
import { pictureRef } from '../../publish/comment/picture-ref.ts';
import { systemClock, systemRandom } from '../../system/clock.ts';
import { isStopped, Stopped } from '../../system/stop-signal.ts';
import type { WorkflowStep } from '../workflow-step.ts';

const ports = { clock: systemClock, random: systemRandom };

/**
 * `mode: cleanup`: deletes the pictures of a pull request that was closed, and what was accepted on it where it was not
 * merged; if it was, the run of the merging commit still needs that, and ends it. Returns whether the step passes.
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
  try {
    await using scratch = await openScratchRepository(remote, { signal });
    const pictures = await wasThere(deleteRef(scratch, pictureRef(number), ports), pictureRef(number));
    log.info(pictures ? `The pictures of pull request ${number} are deleted.` : `Pull request ${number} has no pictures.`);
    if (isClosedUnmerged()) {
      const accepted = await wasThere(endAcceptances(scratch, number, ports), acceptancesRef(number));
      log.info(accepted ? 'What was accepted on it counts no more, as it was not merged.' : 'Nothing was accepted on it.');
    }
  } catch (error) {
    if (isStopped(error)) {
      throw new Stopped(error.code, `${error.detail}; what is not deleted yet is deleted when the job runs again`);
    }
    throw explainGitError(error, {
      what: `The refs of pull request ${number} could not be deleted`,
      permission: 'contents: write',
    });
  }
  return true;
}

/** Whether there was anything to delete. @throws UserError when it is still there. */
async function wasThere(deletion: Promise<RefDeletion>, ref: string): Promise<boolean> {
  const result = await deletion;
  const what = `${ref} could not be deleted`;
  switch (result.kind) {
    case 'pushed':
      return true;
    case 'unchanged':
      return false;
    case 'rejected':
      throw new UserError(
        `${what}: the server refused (${result.reason}).`,
        'Allow this token to delete refs below refs/visual-capture.',
      );
    case 'outrun':
      throw new UserError(`${what}: other jobs wrote to it ${result.rounds} times meanwhile.`, 'Run the job again.');
  }
}
