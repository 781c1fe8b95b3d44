import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseMarker, renderMarker } from '../../../../src/publish/comment/marker.ts';
import { groupChanges } from '../../../../src/results/groups/group-changes.ts';
import type { Report, RunReport } from '../../../../src/results/model.ts';
import { startArtifactServer } from '../../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../../helpers/events.ts';
import type { GitServer } from '../../../helpers/git-server.ts';
import {
  type CommentEdit,
  type GithubOperation,
  type GithubRequest,
  pageOf,
  type StoredComment,
  type StoredStatus,
  startGithubServer,
} from '../../../helpers/github-server.ts';
import { exampleOf } from '../../../helpers/openapi.ts';
import { changedCapture, grey, uploadedFiles, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { makeZip } from '../../../helpers/zip.ts';
import { makeChanged, makeReport } from '../../../report/support/reports.ts';

/** The run of the newest commit that uploaded the artifact. */
export const checkRun = 30_433_642;

/** The event of a comment on pull request 7. */
export const commentEvent = (body: string, login = 'reviewer'): object =>
  exampleEvent('issue_comment', {
    action: 'created',
    change: {
      issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/octo/site/pulls/7' } },
      comment: { id: 99, body, user: { login }, created_at: '2026-03-02T12:00:00Z' },
    },
  });

/** A comment that shows a run. */
export const reportComment = (
  runId: number,
  { key = 'visual-capture', login = 'github-actions[bot]' }: { key?: string; login?: string } = {},
): Omit<StoredComment, 'id'> => ({ login, body: `${renderMarker({ key, runId, attempt: 1 })}1 changed` });

/** The event of an edit of the first comment that is there. */
export const editEvent = (from: string, body: string, by = 'reviewer'): readonly [string, object] => [
  'issue_comment',
  exampleEvent('issue_comment', {
    action: 'edited',
    change: {
      issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/octo/site/pulls/7' } },
      comment: { id: 100, body, user: { login: 'github-actions[bot]' }, updated_at: '2026-03-02T12:00:00Z' },
      changes: { body: { from } },
      sender: { login: by },
    },
  }),
];

/** Three captures that share a change of the header, `g1`; `c` has one of its own as well, or one that it shares with `d`: `g2`. */
export function sharedReport(
  commit: string,
  { twice = false, run = {} }: { twice?: boolean; run?: Partial<RunReport> } = {},
): Report {
  const one = (name: string, changes: readonly string[]) => {
    const { comparison } = makeChanged(name, changes);
    const size = { width: 80, height: 60 };
    const regions = changes.map((_, at) => ({ x: 0, y: at * 20, width: 80, height: 20, diffPixels: 99 - at }));
    return changedCapture(name, { comparison: { ...comparison!, baselineSize: size, actualSize: size, regions } });
  };
  const last = twice ? [one('c', ['header', 'footer']), one('d', ['footer'])] : [one('c', ['header', 'own'])];
  const { captures, groups } = groupChanges(makeReport([one('a', ['header']), one('b', ['header']), ...last]));
  const ci = { url: 'https://github.com/octo/site/actions/runs/30433642', commit };
  return { ...makeReport(captures, { run: { ci, ...run } }), groups: groups! };
}

export const sharedResults = (commit: string): Buffer => makeZip(uploadedFiles(sharedReport(commit)));

export interface UploadedArtifact {
  readonly name: string;
  /** Default: the run of the newest commit. */
  readonly runId?: number;
  /** What it holds, for the commit that the pull request's head is at. */
  readonly zip: (head: string) => Uint8Array;
  readonly createdAt?: string;
}

/** A run of the repository, as GitHub tells of it. */
export interface KnownRun {
  readonly id: number;
  readonly event?: string;
  /** Default: the head of the pull request. */
  readonly commit?: string;
}

export interface Question {
  readonly body?: string;
  readonly event?: readonly [name: string, payload: object];
  readonly config?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Of everybody, or by login; `none` is answered as of a stranger, undefined as of no person at all (404). */
  readonly permission?: string | ((login: string) => string | undefined);
  readonly headRepository?: string;
  readonly headBranch?: string;
  readonly state?: 'open' | 'closed';
  /** Default: one with the changed page `pricing`. */
  readonly artifacts?: readonly UploadedArtifact[];
  /** The one artifact's. */
  readonly zip?: (head: string) => Uint8Array;
  readonly comments?: readonly Omit<StoredComment, 'id'>[];
  /** Of the comments, by GitHub's history. */
  readonly edits?: readonly CommentEdit[];
  /** Runs that are found by the newest commit, besides the one that has the artifact. */
  readonly otherRuns?: number;
  /** Runs that can be asked for by their id. Default: the one of the newest commit. */
  readonly runs?: readonly KnownRun[];
  /** Files at the head of the pull request. Default: the baseline of `pricing`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What the token may do with commit statuses. Default: `write`. */
  readonly statuses?: 'write' | 'none';
  /** Before the action runs, after the commit was made. */
  readonly meanwhile?: (git: GitServer) => Promise<unknown>;
}

export interface Answered extends FinishedStep {
  readonly head: string;
  readonly reactions: readonly string[];
  readonly replies: readonly string[];
  /** The texts of the comments that show runs, in the end. */
  readonly shown: readonly string[];
  /** The texts that comments were given, one after the other. */
  readonly written: readonly string[];
  readonly statuses: readonly StoredStatus[];
  readonly wrong: readonly string[];
  readonly asked: readonly string[];
}

export const baselineFile = 'visual-baselines/pricing/1280x800.png';

/** Asks for an acceptance as the runner would hand it to the action, against a repository with one open pull request. */
export async function ask(git: GitServer, question: Question): Promise<Answered> {
  const { body = '/visual accept', config = '', zip = uploadedResults, meanwhile, headBranch = 'feature' } = question;
  const head = await git.commit(`refs/heads/${headBranch}`, {
    'README.md': 'a site',
    ...(question.files ?? { [baselineFile]: grey }),
  });
  await meanwhile?.(git);
  await using artifacts = await startArtifactServer();
  const uploaded: readonly UploadedArtifact[] = question.artifacts ?? [{ name: 'visual-capture', zip }];
  const stored = uploaded.map(({ name, zip, runId = checkRun, createdAt }): StoredUpload => {
    const { id, bytes } = artifacts.put(name, zip(head));
    return {
      id,
      name,
      runId,
      url: artifacts.signedUrl(id),
      sizeBytes: bytes.length,
      createdAt: createdAt ?? '2026-03-02T11:00:00Z',
    };
  });
  await using github = await startGithubServer({
    operations: operationsOf(question, head, stored),
    comments: question.comments ?? [],
    statuses: question.statuses ?? 'write',
    edits: question.edits ?? [],
  });
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'visual-capture.yml'), config);
  const [event, payload] = question.event ?? ['issue_comment', commentEvent(body)];
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: { mode: 'accept', 'github-token': 'ghs_test', ...question.inputs },
    env: {
      ...(await eventEnvironment(workspace.path, event, payload)),
      GITHUB_API_URL: github.apiUrl,
      NODE_OPTIONS: `--import=${new URL('../../../helpers/resolve-localhost.js', import.meta.url)}`,
      GITHUB_SERVER_URL: git.origin.replace('127.0.0.1', 'git.localhost'),
    },
  });
  expect(step.stdout.replaceAll('::add-mask::ghs_test', '')).not.toContain('ghs_test');
  const bodies = (operation: string): readonly GithubRequest[] => github.requests.filter((one) => one.operation === operation);
  return {
    ...step,
    head,
    reactions: bodies('reactions/create-for-issue-comment').map(({ body }) => (body as { content: string }).content),
    replies: github.comments.map((one) => one.body).filter((body) => parseMarker(body) === undefined),
    shown: github.comments.map(({ body }) => body).filter((body) => parseMarker(body) !== undefined),
    written: bodies('issues/update-comment').map(({ body }) => (body as { body: string }).body),
    statuses: github.statuses,
    wrong: github.wrong,
    asked: github.requests.map(({ operation }) => operation),
  };
}

interface StoredUpload {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  readonly url: string;
  readonly sizeBytes: number;
  readonly createdAt: string;
}

function operationsOf(question: Question, head: string, stored: readonly StoredUpload[]): Record<string, GithubOperation> {
  const { permission = 'write', headRepository = 'octo/site', headBranch = 'feature', state = 'open', otherRuns = 0 } = question;
  const repositoryId = headRepository === 'octo/site' ? 1 : 2;
  // The example lacks a field that its own schema asks for.
  const level = exampleOf('repos/get-collaborator-permission-level', 200) as { user: object };
  const pull = exampleOf('pulls/get', 200) as { head: { repo: object }; base: object };
  const [listed] = (exampleOf('actions/list-workflow-runs-for-repo', 200) as { workflow_runs: { head_repository: object }[] })
    .workflow_runs;
  const run = exampleOf('actions/get-workflow-run', 200) as object;
  const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
  const runUrl = (id: number): string => `https://github.com/octo/site/actions/runs/${id}`;
  return {
    'repos/get-collaborator-permission-level': ({ path }) => {
      const told = typeof permission === 'string' ? permission : permission(path['username'] ?? '');
      return told === undefined
        ? { status: 404, body: { message: `${path['username']} is not a user` } }
        : { status: 200, body: { ...level, permission: told, user: { ...level.user, role_name: told } } };
    },
    'pulls/get': () => ({
      status: 200,
      body: {
        ...pull,
        number: 7,
        state,
        requested_teams: [],
        head: {
          ...pull.head,
          sha: head,
          ref: headBranch,
          repo: { ...pull.head.repo, id: repositoryId, full_name: headRepository },
        },
        base: { ...pull.base, ref: 'main' },
      },
    }),
    'actions/list-workflow-runs-for-repo': ({ url }) => {
      const head_repository = { ...listed?.head_repository, id: repositoryId };
      const newer = Array.from({ length: otherRuns }, (_, nth) => 40_000_000 - nth);
      const all = [...newer, checkRun].map((id) => ({ ...listed, id, head_sha: head, head_repository, html_url: runUrl(id) }));
      const { page, headers } = pageOf(all, url);
      return { status: 200, headers, body: { total_count: all.length, workflow_runs: page } };
    },
    'actions/get-workflow-run': ({ path }) => {
      const known = (question.runs ?? [{ id: checkRun }]).find(({ id }) => String(id) === path['run_id']);
      return known === undefined
        ? { status: 404, body: { message: 'Not Found' } }
        : {
            status: 200,
            body: {
              ...run,
              id: known.id,
              event: known.event ?? 'pull_request',
              head_sha: known.commit ?? head,
              html_url: runUrl(known.id),
            },
          };
    },
    'actions/list-workflow-run-artifacts': ({ path, url }) => {
      const name = url.searchParams.get('name');
      const found = stored.filter((one) => String(one.runId) === path['run_id'] && (name === null || one.name === name));
      return {
        status: 200,
        body: {
          total_count: found.length,
          artifacts: found.map(({ id, name, sizeBytes, createdAt }) => ({
            ...artifact,
            id,
            name,
            size_in_bytes: sizeBytes,
            expired: false,
            digest: null,
            created_at: createdAt,
          })),
        },
      };
    },
    'actions/download-artifact': ({ path }) => {
      const found = stored.find(({ id }) => String(id) === path['artifact_id']);
      return found === undefined ? { status: 410, body: { message: 'gone' } } : { status: 302, headers: { location: found.url } };
    },
    'reactions/create-for-issue-comment': () => ({ status: 201, body: exampleOf('reactions/create-for-issue-comment', 201) }),
  };
}
