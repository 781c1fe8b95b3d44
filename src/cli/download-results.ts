import { artifactLimits } from '../archive/limits.ts';
import { refusedArtifact } from '../archive/refused.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import { openZipFile } from '../archive/zip-file.ts';
import { Opened } from '../basics/opened.ts';
import { UserError } from '../errors/user-error.ts';
import { askGit, askGitAsUser } from '../git/ask-git.ts';
import { type FetchedArtifact, fetchRunArtifact, type RunRequest } from '../github/fetch-run-artifact.ts';
import { usualApiUrl } from '../github/repository.ts';
import { Stalled, whileMoving } from '../github/while-moving.ts';
import { readUploadedResults, type UploadedResults } from '../results/take-results.ts';
import { systemClock } from '../system/clock.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import { UsageError } from './arguments.ts';
import type { Terminal } from './command.ts';

/** Results to choose from; disposing of them deletes what was downloaded. */
export type OpenedResults = UploadedResults & AsyncDisposable;

/**
 * Downloads the results of a workflow run, for the commit that is checked out here.
 * @throws UsageError, UserError
 */
export async function openRunResults(
  { run, repository, artifactName }: { run: string; repository: string | undefined; artifactName: string },
  terminal: Terminal,
): Promise<OpenedResults> {
  const { env, signal } = terminal;
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'] ?? '';
  const name = repository ?? env['GITHUB_REPOSITORY'] ?? (await readRemoteRepository(terminal)) ?? '';
  const problems = [
    ...(/^\d{1,15}$/.test(run) ? [] : [`--run must be the number of a workflow run, not "${run}".`]),
    ...(/^[\w.-]+\/[\w.-]+$/.test(name) ? [] : ['--repository must be OWNER/NAME; the git remote "origin" here names none.']),
    ...(token === '' ? ['Set GITHUB_TOKEN to a token that may read actions of the repository, e.g. $(gh auth token).'] : []),
  ];
  if (problems.length > 0) {
    throw new UsageError(problems.join('\n'));
  }
  await using cleanup = new Opened();
  const folder = cleanup.use(await makeTemporaryFolder('artifact')).path;
  const apiUrl = (env['GITHUB_API_URL'] ?? usualApiUrl).replace(/\/$/, '');
  const request = { apiUrl, repository: name, runId: Number(run), artifactName, token, signal };
  const { file, commit } = await fetchInTime(request, folder);
  const archive = await openZipFile(file).catch((error: unknown) => {
    throw error instanceof UnreadableArchive ? refusedArtifact(artifactName, error.message, error) : error;
  });
  cleanup.use(archive);
  const results = await readUploadedResults(archive, (reason, cause) => refusedArtifact(artifactName, reason, cause));
  await checkCommit(results.report.run.ci?.commit ?? commit, terminal);
  const close = cleanup.keep();
  return { ...results, [Symbol.asyncDispose]: close };
}

/** @throws UserError when nothing comes any more. */
async function fetchInTime(request: RunRequest, folder: string): Promise<FetchedArtifact> {
  const over = new AbortController();
  const signal = AbortSignal.any([request.signal, over.signal]);
  const transfer = { sizeBytes: artifactLimits.archiveBytes, clock: systemClock, signal: request.signal };
  try {
    return await whileMoving(() => fetchRunArtifact({ ...request, signal }, folder), transfer);
  } catch (error) {
    throw error instanceof Stalled
      ? new UserError(
          `The artifact could not be fetched: ${error.message}.`,
          'Try again; if it stays so, look at githubstatus.com.',
        )
      : error;
  } finally {
    over.abort();
  }
}

/** What was reviewed at one commit must not become the baseline of another. */
async function checkCommit(reviewed: string, terminal: Terminal): Promise<void> {
  const here = await ask(terminal, 'rev-parse', 'HEAD');
  if (here !== reviewed) {
    throw new UserError(
      `The run looked at ${reviewed}, and ${here === undefined ? 'this is no git repository' : `${here} is checked out here`}.`,
      `Check out the reviewed commit (git checkout ${reviewed}), or accept a run of the one that is checked out.`,
    );
  }
}

async function readRemoteRepository(terminal: Terminal): Promise<string | undefined> {
  const { directory, env } = terminal;
  const url = await askGitAsUser(directory, env, 'remote', 'get-url', 'origin').catch(() => undefined);
  return /[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1];
}

/** Without a git nothing is known either. */
function ask({ directory, env }: Terminal, ...args: readonly string[]): Promise<string | undefined> {
  return askGit(directory, env, ...args).catch(() => undefined);
}
