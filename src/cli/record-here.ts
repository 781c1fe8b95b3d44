import { type Acceptance, recordAccepted } from '../baseline/acceptances/record.ts';
import { acceptancesRef } from '../baseline/acceptances/ref.ts';
import type { ReviewedPicture } from '../baseline/reviewed-pictures.ts';
import { readWorkingCopy } from '../baseline/working-copy.ts';
import { formatPlural } from '../basics/format.ts';
import { UserError } from '../errors/user-error.ts';
import { askGit } from '../git/ask-git.ts';
import { explainGitError } from '../git/explain-git.ts';
import { openScratchRepository, type ScratchRepository } from '../git/scratch-repository.ts';
import type { RunReport } from '../results/model.ts';
import { systemClock, systemRandom } from '../system/clock.ts';
import { isStopped, Stopped } from '../system/stop-signal.ts';
import { UsageError } from './arguments.ts';
import type { Terminal } from './command.ts';

/**
 * Keeps accepted pictures at the remote of the working copy, for the pull request that they were reviewed on: `written`,
 * or the one that the run or the remote knows. Returns the ref that holds them.
 * @throws UsageError, UserError
 */
export async function recordHere(
  accepted: Pick<Acceptance, 'variants'> & { readonly pictures: ReadonlyMap<string, ReviewedPicture> },
  run: RunReport,
  written: string | undefined,
  terminal: Terminal,
): Promise<string> {
  const named = readNamed(run, written);
  const { directory, env, signal } = terminal;
  const { remote } = await readWorkingCopy(directory);
  try {
    await using scratch = await openScratchRepository(remote, { env, signal });
    const pullRequest = named ?? (await findByCommit(scratch, await reviewedCommits(run, terminal)));
    const message = `Accept ${formatPlural(accepted.pictures.size, 'baseline')} of #${pullRequest}\n`;
    const ports = { clock: systemClock, random: systemRandom };
    await recordAccepted(scratch, pullRequest, { ...accepted, message }, ports);
    return acceptancesRef(pullRequest);
  } catch (error) {
    if (isStopped(error)) {
      throw new Stopped(error.code, `${error.detail}; look whether the pictures were accepted before you accept them again`);
    }
    throw explainGitError(error, { what: 'The accepted pictures could not be pushed', permission: 'contents: write' });
  }
}

/** The pull request that the flag or the results name; undefined: neither does. */
function readNamed({ pullRequests = [] }: RunReport, written: string | undefined): number | undefined {
  if (written === undefined) {
    if (pullRequests.length > 1) {
      throw new UsageError(
        `That run belongs to several pull requests (${pullRequests.join(', ')}). Say which one is meant: --pull-request ${pullRequests[0]}.`,
      );
    }
    return pullRequests[0];
  }
  const number = /^[1-9]\d{0,9}$/.test(written) ? Number(written) : undefined;
  if (number === undefined || (pullRequests.length > 0 && !pullRequests.includes(number))) {
    throw new UsageError(
      number === undefined
        ? `--pull-request must be the number of a pull request, not "${written}".`
        : `That run belongs to pull request ${pullRequests.join(' and ')}, not to ${number}.`,
    );
  }
  return number;
}

async function reviewedCommits({ commit, ci }: RunReport, { directory, env }: Terminal): Promise<string[]> {
  const known = [commit, ci?.commit].filter((id) => id !== undefined);
  return known.length > 0 ? known : [(await askGit(directory, env, 'rev-parse', 'HEAD')) ?? ''];
}

/** Every pull request has a ref of its own at its newest commit, where GitHub keeps the repository. */
async function findByCommit(repository: ScratchRepository, commits: readonly string[]): Promise<number> {
  const heads = await repository.listRefs('refs/pull/*/head');
  const found = [...heads].flatMap(([ref, commit]) => (commits.includes(commit) ? [Number(ref.split('/')[2])] : []));
  const [pullRequest] = found;
  if (pullRequest === undefined || found.length > 1) {
    throw new UserError(
      pullRequest === undefined
        ? `No pull request of the git remote "origin" has ${commits.at(-1)} as its newest commit, and an acceptance belongs to one.`
        : `Several pull requests have ${commits.at(-1)} as their newest commit (${found.join(', ')}), and an acceptance belongs to one.`,
      'Name it: visual-capture accept --pull-request NUMBER.',
      { wrongInput: true },
    );
  }
  return pullRequest;
}
