import type { Checkout } from '../../git/checkout.ts';
import type { PullRequest } from '../pull-request.ts';
import { usualDefaultBranch } from './event-rules.ts';
import type { RunEvent } from './run-event.ts';
import { type Answer, type FoundPullRequests, known, type Questions, type Subject } from './subject.ts';

/** What is known besides the event. */
export interface SubjectFacts {
  /** The input `commit`: it outranks the event. */
  readonly commit?: string;
  /** GITHUB_SHA. */
  readonly sha: string;
  readonly defaultBranch: string | undefined;
  /** The pages are served by this job from what is checked out, and not by a deployment. */
  readonly capturesCheckout: boolean;
  readonly checkout?: Checkout;
}

/**
 * THE decision which commit a run is about and which pull requests are told, from its event and what GitHub answers.
 * Whose baselines count follows from it (`decideBranch`). docs/pull-requests.md has both as a table.
 */
export async function decideSubject(event: RunEvent, facts: SubjectFacts, ask: Questions): Promise<Subject> {
  if (facts.commit !== undefined && commitOf(event) !== facts.commit) {
    return ofNamedCommit(event, facts.commit, facts, ask);
  }
  switch (event.kind) {
    case 'pull-request':
      return ofPullRequest(event.pullRequest, event, facts);
    case 'comment': {
      const answer = await ask.pullRequest(event.pullRequest);
      return answer.kind === 'known'
        ? ofPullRequest(answer.value, event, facts)
        : ofCommit(facts.sha, event, {
            kind: 'unknown',
            reason: `GitHub did not tell the head of pull request ${event.pullRequest} (${answer.reason})`,
          });
    }
    case 'merge-group':
      return ofCommit(event.commit, event, { kind: 'none', reason: 'a merge queue tests several pull requests at once' });
    case 'branch':
      // Its commits are what others are compared with, also while a pull request merges it into a release branch.
      return event.branch === (facts.defaultBranch ?? usualDefaultBranch)
        ? ofCommit(event.commit, event, { kind: 'none', reason: 'a run on the default branch belongs to no pull request' })
        : ofCommit(event.commit, event, await findHeaded(event.commit, ask.pullRequestsOf(event.commit)));
    case 'commit': {
      const { commit, head } = event;
      const found = head === undefined ? ask.pullRequestsOf(commit) : ask.pullRequestsFrom(head);
      return ofCommit(commit, event, await findHeaded(commit, found));
    }
    case 'none':
      return ofCommit(event.commit, event, { kind: 'none', reason: event.reason });
  }
}

/** The commit that an event tells by itself. */
function commitOf(event: RunEvent): string | undefined {
  switch (event.kind) {
    case 'pull-request':
      return event.pullRequest.headCommit;
    case 'comment':
      return undefined;
    default:
      return event.commit;
  }
}

/** The input names another commit than the event, whose own pull request is meant only where that commit has none. */
async function ofNamedCommit(event: RunEvent, commit: string, facts: SubjectFacts, ask: Questions): Promise<Subject> {
  const found = await findHeaded(commit, ask.pullRequestsOf(commit));
  const own =
    event.kind === 'pull-request'
      ? event.pullRequest
      : event.kind === 'comment' && found.kind !== 'found'
        ? known(await ask.pullRequest(event.pullRequest))
        : undefined;
  return own !== undefined && found.kind !== 'found'
    ? { ...ofPullRequest(own, event, facts), commit }
    : ofCommit(commit, { kind: 'commit', commit, branch: { kind: 'unknown' } }, found);
}

/** What an event's own pull request comes to. */
function ofPullRequest(pullRequest: PullRequest, event: RunEvent, { sha, capturesCheckout, checkout }: SubjectFacts): Subject {
  const head = pullRequest.headCommit ?? sha;
  return {
    commit: capturesCheckout ? decideCheckedOut(head, sha, checkout) : head,
    shownCommit: head,
    pullRequests: { kind: 'found', pullRequests: [pullRequest] },
    event,
  };
}

/**
 * The commit of pages that are served from the checkout, for a pull request: what is checked out, if that is its head or a
 * merge of it, else GITHUB_SHA.
 */
function decideCheckedOut(head: string, sha: string, checkout: Checkout | undefined): string {
  return checkout !== undefined && (checkout.commit === head || checkout.parents.includes(head)) ? checkout.commit : sha;
}

function ofCommit(commit: string, event: RunEvent, pullRequests: FoundPullRequests): Subject {
  return { commit, shownCommit: commit, pullRequests, event };
}

/** The open pull requests that have the commit as their head, in the order of their numbers. */
async function findHeaded(commit: string, asked: Promise<Answer<readonly PullRequest[]>>): Promise<FoundPullRequests> {
  const answer = await asked;
  if (answer.kind === 'unknown') {
    return { kind: 'unknown', reason: `GitHub did not tell the pull request (${answer.reason})` };
  }
  const [first, ...more] = answer.value
    .filter(({ open, headCommit }) => open && headCommit === commit)
    .toSorted((one, other) => one.number - other.number);
  return first === undefined
    ? { kind: 'none', reason: `${commit} is not the newest commit of an open pull request` }
    : { kind: 'found', pullRequests: [first, ...more] };
}
