import { defined, fieldOf, textOf } from '../../basics/record.ts';
import { readPullRequest } from '../pull-request.ts';
import type { BranchOfCommit, RunEvent, RunHead, RunnerEvent } from './run-event.ts';

type RuleKind = RunEvent['kind'] | 'assumed';

/** How one kind of event is read. */
export interface EventRule {
  /** The events, as the documentation names them. */
  readonly events: readonly string[];
  /** Which of their runs, in words; absent: all. */
  readonly when?: string;
  /** What the captured commit is, in words. */
  readonly commit: string;
  readonly kind: RuleKind;
  /** What a workflow checks out to have the captured commit, where that is not GITHUB_SHA. */
  readonly ref?: string;
  /** Undefined: the rule does not fit, and the next one is asked. */
  read(event: RunnerEvent): RunEvent | undefined;
}

/** What follows from each kind, in words for the documentation; `decideSubject` does it. */
export const kindWords: {
  readonly [Kind in RuleKind]: { readonly tells: string; readonly baselines: string; readonly writes: string };
} = {
  'pull-request': { tells: 'the one of the event', baselines: 'its base branch', writes: 'no' },
  comment: { tells: 'the one that was commented on', baselines: 'its base branch', writes: 'no' },
  'merge-group': {
    tells: 'none: it tests several at once, and each has told its own',
    baselines: 'the branch that is merged into',
    writes: 'no',
  },
  branch: {
    tells: 'on the default branch none, else every open one whose newest commit it is',
    baselines: 'the base branch of that pull request; without one, the branch itself',
    writes: 'yes, unless it is the newest commit of such a pull request',
  },
  commit: {
    tells: 'every open one whose newest commit it is',
    baselines: 'the base branch of that pull request; without one, the branch that contains the commit',
    writes: 'yes, unless it is the newest commit of an open pull request or GitHub knows no branch of the commit',
  },
  assumed: {
    tells: 'every open one whose newest commit it is',
    baselines: 'the base branch of that pull request, else the default branch',
    writes: 'no: nobody says which commit the preview shows',
  },
  none: { tells: 'none', baselines: 'the default branch', writes: 'no' },
};

const pullRequestEvents = ['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'];

/** THE table of events: the first rule that fits counts. docs/pull-requests.md is written from it. */
export const eventRules: readonly EventRule[] = [
  {
    events: pullRequestEvents,
    commit: 'the head of the pull request; where `base-url` is on loopback, what is checked out',
    kind: 'pull-request',
    ref: '${{ github.event.pull_request.head.sha }}',
    read: ({ payload }) => {
      const pullRequest = readPullRequest(fieldOf(payload, 'pull_request'));
      return pullRequest === undefined ? undefined : { kind: 'pull-request', pullRequest };
    },
  },
  {
    events: ['issue_comment'],
    when: 'created or edited on a pull request',
    commit: 'the head of the pull request; where `base-url` is on loopback, what is checked out',
    kind: 'comment',
    ref: 'refs/pull/${{ github.event.issue.number }}/head',
    read: ({ payload }) => {
      const issue = fieldOf(payload, 'issue');
      const number = fieldOf(issue, 'number');
      return fieldOf(issue, 'pull_request') === undefined || typeof number !== 'number'
        ? undefined
        : { kind: 'comment', pullRequest: number };
    },
  },
  {
    events: ['merge_group'],
    commit: '`merge_group.head_sha`',
    kind: 'merge-group',
    read: ({ payload, sha }) => {
      const group = fieldOf(payload, 'merge_group');
      return {
        kind: 'merge-group',
        commit: textOf(group, 'head_sha') ?? sha,
        headRef: textOf(group, 'head_ref') ?? '',
        base: branchOf(textOf(group, 'base_ref')),
      };
    },
  },
  {
    events: ['push', 'workflow_dispatch', 'schedule'],
    when: 'on a branch',
    commit: '`GITHUB_SHA`',
    kind: 'branch',
    read: ({ name, payload, sha, ref }) => {
      // A schedule runs on the default branch alone.
      const branch = branchOf(ref) ?? (name === 'schedule' ? (readDefaultBranch(payload) ?? usualDefaultBranch) : undefined);
      return branch === undefined ? undefined : { kind: 'branch', commit: sha, branch, pushed: readPushed(payload) };
    },
  },
  {
    events: ['deployment', 'deployment_status'],
    when: 'of a branch or a commit',
    commit: '`deployment.sha`',
    kind: 'commit',
    ref: '${{ github.event.deployment.sha }}',
    read: ({ payload, ref }) => {
      const commit = textOf(fieldOf(payload, 'deployment'), 'sha');
      return commit === undefined ? undefined : { kind: 'commit', commit, branch: named('certain', branchOf(ref)) };
    },
  },
  {
    events: ['repository_dispatch'],
    when: 'with a commit, as Vercel sends it',
    commit: '`client_payload.git.sha`, else `client_payload.sha`',
    kind: 'commit',
    ref: '${{ github.event.client_payload.git.sha || github.event.client_payload.sha }}',
    read: ({ payload }) => {
      const sent = fieldOf(payload, 'client_payload');
      const git = fieldOf(sent, 'git');
      const commit = textOf(git, 'sha') ?? textOf(sent, 'sha');
      const branch = textOf(git, 'ref')?.replace(/^refs\/heads\//, '');
      return commit === undefined ? undefined : { kind: 'commit', commit, branch: named('claimed', branch) };
    },
  },
  {
    events: ['workflow_run'],
    commit: '`workflow_run.head_sha`',
    kind: 'commit',
    ref: '${{ github.event.workflow_run.head_sha }}',
    read: ({ payload }) => {
      const run = fieldOf(payload, 'workflow_run');
      const commit = textOf(run, 'head_sha');
      const head = readHead(run);
      const own = textOf(fieldOf(run, 'head_repository'), 'full_name') === textOf(fieldOf(payload, 'repository'), 'full_name');
      return commit === undefined
        ? undefined
        : { kind: 'commit', commit, branch: named('certain', own ? head?.branch : undefined), ...defined({ head }) };
    },
  },
  {
    events: ['repository_dispatch', 'workflow_dispatch'],
    when: 'that names no commit and no branch',
    commit: '`GITHUB_SHA`',
    kind: 'assumed',
    read: ({ sha, ref }) =>
      ref?.startsWith('refs/tags/') === true ? undefined : { kind: 'commit', commit: sha, branch: { kind: 'assumed' } },
  },
  {
    events: [],
    when: 'anything else: tags, releases, comments on issues, statuses',
    commit: '`GITHUB_SHA`',
    kind: 'none',
    read: ({ name, sha, ref }) => ({
      kind: 'none',
      commit: sha,
      reason:
        ref?.startsWith('refs/tags/') === true
          ? 'a tag belongs to no pull request'
          : `the event ${name || '(unknown)'} belongs to no pull request`,
    }),
  },
];

/** Reads what an event says of its run, and what a workflow checks out to have the captured commit. */
export function readRunEvent(event: RunnerEvent): { readonly about: RunEvent; readonly ref?: string } {
  for (const { events, read, ref } of eventRules) {
    const about = events.length === 0 || events.includes(event.name) ? read(event) : undefined;
    if (about !== undefined) {
      return { about, ...defined({ ref }) };
    }
  }
  return { about: { kind: 'none', commit: event.sha, reason: 'the event is not known' } };
}

function named(kind: 'certain' | 'claimed', name: string | undefined): BranchOfCommit {
  return name === undefined || name === '' ? { kind: 'unknown' } : { kind, name };
}

/** The branch of a full ref name; undefined when it is a tag or none. */
function branchOf(ref: string | undefined): string | undefined {
  const prefix = 'refs/heads/';
  return ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined;
}

/** The repository's default branch, where the event tells it. */
export function readDefaultBranch(payload: unknown): string | undefined {
  return textOf(fieldOf(payload, 'repository'), 'default_branch');
}

/** What it is taken for where nobody tells. */
export const usualDefaultBranch = 'main';

/** The commits of a push, the newest last, as GitHub lists them. */
function readPushed(payload: unknown): string[] {
  const commits = fieldOf(payload, 'commits');
  return Array.isArray(commits) ? commits.flatMap((commit) => textOf(commit, 'id') ?? []) : [];
}

function readHead(run: unknown): RunHead | undefined {
  const repository = fieldOf(run, 'head_repository');
  const repositoryId = fieldOf(repository, 'id');
  const owner = textOf(fieldOf(repository, 'owner'), 'login');
  const branch = textOf(run, 'head_branch');
  return typeof repositoryId !== 'number' || owner === undefined || branch === undefined
    ? undefined
    : { repositoryId, owner, branch };
}
