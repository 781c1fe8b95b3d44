import type { Checkout } from '../git/checkout.ts';
import { connectGithub } from '../github/api.ts';
import type { WorkflowRun } from '../github/context.ts';
import type { GithubAccess } from '../github/run-place.ts';
import { askGithub, askNobody } from '../github/subject/ask-github.ts';
import { decideSubject } from '../github/subject/decide-subject.ts';
import type { Questions, Subject } from '../github/subject/subject.ts';
import { systemClock } from '../system/clock.ts';
import type { ReportedRun } from './modes/written-report.ts';
import type { WorkflowStep } from './workflow-step.ts';

/** What a step's run is about, and who was asked. */
export interface FoundSubject {
  readonly subject: Subject;
  readonly ask: Questions;
  readonly github: GithubAccess | undefined;
}

export interface SubjectInputs {
  /** The input `commit`. */
  readonly commit?: string;
  /** The pages are served from what is checked out. */
  readonly capturesCheckout: boolean;
  /** That, where it matters and is known. */
  readonly checkout?: Checkout;
  /** Something depends on which pull requests have the commit: a comment, or whose baselines count. */
  readonly needsPullRequests: boolean;
}

/** Finds what the run is about, asking GitHub where the event does not tell. Never throws for what GitHub does. */
export async function findSubject(
  run: WorkflowRun,
  { needsPullRequests, ...inputs }: SubjectInputs,
  { githubToken, signal }: Pick<WorkflowStep, 'githubToken' | 'signal'>,
): Promise<FoundSubject> {
  const github =
    githubToken === undefined
      ? undefined
      : { api: await connectGithub(githubToken, run.repository.apiUrl, systemClock, signal), token: githubToken, signal };
  const ask = github === undefined ? askNobody('the step has no token') : askGithub(github.api, run.repository);
  const facts = { sha: run.sha, defaultBranch: run.defaultBranch, ...inputs };
  const subject = await decideSubject(
    run.about,
    facts,
    needsPullRequests ? ask : { ...askNobody('nothing depends on it'), pullRequest: ask.pullRequest },
  );
  return { subject, ask, github };
}

/** The run as its report and the comment tell of it. */
export function reportedRun({ id, attempt, url }: WorkflowRun, { shownCommit, pullRequests }: Subject): ReportedRun {
  return { id, attempt, url, commit: shownCommit, pullRequests, by: 'this' };
}
