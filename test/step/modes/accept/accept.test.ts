import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMarker, renderMarker } from '../../../src/publish/comment/marker.ts';
import { environment } from '../../baseline/support.ts';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { answers, startFakeService } from '../../helpers/fake-service.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { type GithubOperation, type GithubRequest, pageOf, startGithubServer } from '../../helpers/github-server.ts';
import { exampleOf } from '../../helpers/openapi.ts';
import { solidPng } from '../../helpers/solid-png.ts';
import { changedCapture, grey, red, uploadedFiles, uploadedResults } from '../../helpers/uploaded-results.ts';
import { makeZip } from '../../helpers/zip.ts';
import { makeReport } from '../../report/support/reports.ts';

/** The run of the newest commit that uploaded the artifact. */
const checkRun = 30_433_642;

const acceptedRef = 'refs/visual-capture/accepted';

const comment = (body: string): object =>
  exampleEvent('issue_comment', {
    action: 'created',
    change: {
      issue: { number: 7, pull_request: { url: 'https://api.github.com/repos/octo/site/pulls/7' } },
      comment: { id: 99, body, user: { login: 'reviewer' }, created_at: '2026-03-02T12:00:00Z' },
    },
  });

const reportComment = (runId: number) => ({
  login: 'github-actions[bot]',
  body: `${renderMarker({ key: 'visual-capture', runId, attempt: 1 })}1 changed`,
});

interface Question {
  readonly body?: string;
  readonly event?: readonly [name: string, payload: object];
  readonly config?: string;
  readonly permission?: 'admin' | 'write' | 'read' | 'none';
  readonly headRepository?: string;
  readonly state?: 'open' | 'closed';
  readonly artifactCreatedAt?: string;
  readonly hasArtifact?: boolean;
  /** The run that the comment on the pull request shows; absent: there is no comment. */
  readonly shownRun?: number;
  /** Other runs of the same commit, newer than the one that has the artifact. */
  readonly otherRuns?: number;
  /** What the artifact holds, for the commit that the pull request's head is at. */
  readonly zip?: (commit: string) => Uint8Array;
  /** Before the action runs, after the commit was made. */
  readonly meanwhile?: (git: GitServer) => Promise<unknown>;
}

interface Answered extends FinishedStep {
  readonly head: string;
  readonly reactions: readonly string[];
  readonly replies: readonly string[];
  readonly wrong: readonly string[];
  readonly asked: readonly string[];
}

/** Asks for an acceptance as the runner would hand it to the action, against a repository with one open pull request. */
async function ask(git: GitServer, question: Question): Promise<Answered> {
  const { body = '/visual accept', config = '', zip = uploadedResults, meanwhile } = question;
  const head = await git.commit('refs/heads/feature', { 'README.md': 'a site', 'visual-baselines/pricing/1280x800.png': grey });
  await meanwhile?.(git);
  await using artifacts = await startArtifactServer();
  const stored = artifacts.put('visual-capture', zip(head));
  await using github = await startGithubServer({
    operations: operationsOf(question, head, artifacts.signedUrl(stored.id), stored.bytes.length),
    comments: question.shownRun === undefined ? [] : [reportComment(question.shownRun)],
  });
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'visual-capture.yml'), config);
  const [event, payload] = question.event ?? ['issue_comment', comment(body)];
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: { mode: 'accept', 'github-token': 'ghs_test' },
    env: {
      ...(await eventEnvironment(workspace.path, event, payload)),
      GITHUB_API_URL: github.apiUrl,
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
    wrong: github.wrong,
    asked: github.requests.map(({ operation }) => operation),
  };
}

function operationsOf(question: Question, head: string, download: string, sizeBytes: number): Record<string, GithubOperation> {
  const { permission = 'write', headRepository = 'octo/site', state = 'open', hasArtifact = true, otherRuns = 0 } = question;
  const repositoryId = headRepository === 'octo/site' ? 1 : 2;
  // The example lacks a field that its own schema asks for.
  const level = exampleOf('repos/get-collaborator-permission-level', 200) as { user: object };
  const pull = exampleOf('pulls/get', 200) as { head: { repo: object }; base: object };
  const runs = exampleOf('actions/list-workflow-runs-for-repo', 200) as { workflow_runs: { head_repository: object }[] };
  const [run] = runs.workflow_runs;
  const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
  const stored = {
    ...artifact,
    id: 11,
    name: 'visual-capture',
    size_in_bytes: sizeBytes,
    expired: false,
    digest: null,
    created_at: question.artifactCreatedAt ?? '2026-03-02T11:00:00Z',
  };
  return {
    'repos/get-collaborator-permission-level': () => ({
      status: 200,
      body: { ...level, permission, user: { ...level.user, role_name: permission } },
    }),
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
          ref: 'feature',
          repo: { ...pull.head.repo, id: repositoryId, full_name: headRepository },
        },
        base: { ...pull.base, ref: 'main' },
      },
    }),
    'actions/list-workflow-runs-for-repo': ({ url }) => {
      const head_repository = { ...run?.head_repository, id: repositoryId };
      const newer = Array.from({ length: otherRuns }, (_, nth) => 40_000_000 - nth);
      const all = [...newer, checkRun].map((id) => ({ ...run, id, head_sha: head, head_repository }));
      const { page, headers } = pageOf(all, url);
      return { status: 200, headers, body: { total_count: all.length, workflow_runs: page } };
    },
    'actions/list-workflow-run-artifacts': () => ({
      status: 200,
      body: { total_count: hasArtifact ? 1 : 0, artifacts: hasArtifact ? [stored] : [] },
    }),
    'actions/download-artifact': () => ({ status: 302, headers: { location: download } }),
    'reactions/create-for-issue-comment': () => ({ status: 201, body: exampleOf('reactions/create-for-issue-comment', 201) }),
  };
}

describe('mode: accept with baseline: directory', () => {
  it('commits the reviewed bytes to the branch of the pull request', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const answered = await ask(git, {});
    expect([answered.exitCode, answered.wrong]).toEqual([0, []]);
    expect(answered.reactions).toEqual(['+1']);
    expect(answered.replies).toEqual([]);
    expect(await git.git('rev-parse', 'refs/heads/feature^')).toBe(answered.head);
    expect(await git.git('diff', '--name-only', answered.head, 'refs/heads/feature')).toBe(
      'visual-baselines/pricing/1280x800.png',
    );
    expect(await git.git('cat-file', '-s', 'refs/heads/feature:visual-baselines/pricing/1280x800.png')).toBe(String(red.length));
    expect(await git.git('log', '-1', '--format=%B', 'refs/heads/feature')).toMatch(
      /^Accept 1 baseline of #7\n\nReviewed in https:\/\/.*, accepted by reviewer in https:/,
    );
    expect(answered.stdout).toContain('1 capture accepted for reviewer');
  });

  it('keeps with the picture how it was taken, and how long that took without waiting', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const timeline = [
      { kind: 'request', startMs: 0, durationMs: 310, result: 'engine_busy' },
      { kind: 'wait', startMs: 310, durationMs: 5000, reason: 'engine_busy' },
      { kind: 'request', startMs: 5310, durationMs: 2120, result: 'image' },
    ] as const;
    const answered = await ask(git, {
      zip: (commit) => uploadedResults(commit, [changedCapture('pricing', { environment, timeline, durationMs: 7430 })]),
    });
    expect(answered.exitCode).toBe(0);
    const manifest = JSON.parse(await git.git('show', 'refs/heads/feature:visual-baselines/manifest.json'));
    expect(manifest.captures).toEqual({ 'pricing/1280x800': { sha256: expect.any(String), environment, durationMs: 2200 } });
  });

  it('takes only the captures that were named', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const two = (commit: string): Buffer => uploadedResults(commit, [changedCapture('pricing'), changedCapture('docs/a b')]);
    const answered = await ask(git, { body: 'Looks right.\n/visual accept "docs/a b/1280x800"\nthanks', zip: two });
    expect(answered.exitCode).toBe(0);
    expect(await git.git('diff', '--name-only', answered.head, 'refs/heads/feature')).toBe(
      'visual-baselines/docs/a b/1280x800.png',
    );
  });

  it('takes the run that the comment shows, among however many of the commit', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const answered = await ask(git, { shownRun: checkRun, otherRuns: 100 });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([0, ['+1'], []]);
    expect(answered.asked.filter((operation) => operation === 'actions/list-workflow-run-artifacts')).toHaveLength(1);
  });

  it('serves a manual run, which has no comment to answer', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const change = { inputs: { 'pull-request': '7', captures: 'pricing/1280x800' }, sender: { login: 'reviewer' } };
    const answered = await ask(git, { event: ['workflow_dispatch', exampleEvent('workflow_dispatch', { change })] });
    expect([answered.exitCode, answered.reactions, answered.replies]).toEqual([0, [], []]);
    expect(await git.git('rev-parse', 'refs/heads/feature^')).toBe(answered.head);
  });

  it('answers nobody who may not write, but with a reaction', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const answered = await ask(git, { permission: 'read' });
    expect([answered.exitCode, answered.reactions, answered.replies]).toEqual([1, ['-1'], []]);
    expect(answered.annotations[0]?.message).toContain('reviewer may not accept');
    expect(answered.asked).not.toContain('pulls/get');
    expect(await git.git('rev-parse', 'refs/heads/feature')).toBe(answered.head);
  });

  it.each(['nice work', 'please do not /visual accept this', '/visual acceptance'])('has no ear for %j', async (body) => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const answered = await ask(git, { body });
    expect([answered.exitCode, answered.asked]).toEqual([0, []]);
  });

  const swapped = (commit: string): Buffer => {
    const [results, ...pictures] = uploadedFiles(
      makeReport([changedCapture('pricing')], { run: { ci: { url: 'https://github.com/octo/site/actions/runs/1', commit } } }),
    );
    return makeZip([results!, ...pictures.map((file) => ({ ...file, content: grey }))]);
  };
  it.each<[string, Question, string]>([
    ['an id that did not change', { body: '/visual accept pricng/1280x800' }, 'Did you mean "pricing/1280x800"?'],
    ['a closed pull request', { state: 'closed' }, 'Pull request 7 is closed'],
    ['a fork’s branch', { headRepository: 'stranger/site' }, 'comes from a fork'],
    ['results that nobody can have reviewed', { artifactCreatedAt: '2026-03-02T12:00:01Z' }, 'younger than the request'],
    ['no results', { hasArtifact: false }, 'has an artifact "visual-capture"'],
    ['results of another commit', { zip: () => uploadedResults('b'.repeat(40)) }, 'is about another commit'],
    ['results that the comment does not show', { shownRun: checkRun + 1 }, 'does not show the results of'],
    ['pictures that were swapped', { zip: swapped }, 'the hash of'],
    [
      'a branch that moved',
      { meanwhile: (git) => git.commit('refs/heads/feature', { 'README.md': 'new' }) },
      'has a newer commit',
    ],
    ['a source without baselines', { config: 'baseline: none' }, 'With baseline: none'],
  ])('refuses %s, writes nothing and says why', async (_, question, message) => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const answered = await ask(git, question);
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.annotations[0]?.message).toContain(message);
    expect(answered.replies).toHaveLength(1);
    expect(answered.replies[0]).toMatch(/^Not accepted: /);
    expect(answered.replies[0]).not.toContain('\n');
    expect(await git.git('log', '--format=%s', 'refs/heads/feature')).not.toContain('Accept');
    expect(answered.wrong).toEqual([]);
  });

  it('says so when the branch is protected', async () => {
    await using git = await startGitServer({ token: 'ghs_test', preReceive: 'echo "protected branch" >&2; exit 1' });
    const answered = await ask(git, {});
    expect(answered.exitCode).toBe(1);
    expect(answered.annotations[0]?.message).toContain('refused the commit');
  });
});

describe('mode: accept with baseline: ref', () => {
  it('keeps the accepted picture by its hash, and later runs inherit it whatever the commit', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    const baselines = await git.commit('refs/visual-capture/baselines/main', { 'pricing/1280x800.png': grey });
    const answered = await ask(git, { config: 'baseline: ref', headRepository: 'stranger/site' });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([0, ['+1'], []]);
    const files = await git.git('ls-tree', '-r', '--name-only', acceptedRef);
    expect(files).toMatch(/^pricing\/1280x800\/1-[0-9a-f]{64}\.png$/);
    expect(await git.git('rev-parse', 'refs/visual-capture/baselines/main')).toBe(baselines);
    expect(await git.git('rev-parse', 'refs/heads/feature')).toBe(answered.head);

    const page = (picture: Uint8Array) => check(git, picture);
    expect((await page(red)).report?.captures.map(({ status, accepted }) => [status, accepted])).toEqual([['unchanged', true]]);
    const other = await page(solidPng(80, 60, [0, 0, 200]));
    expect(other.report?.captures.map(({ status, accepted }) => [status, accepted])).toEqual([['changed', undefined]]);
  });

  it('drops an acceptance once it is merged, and keeps the others', async () => {
    await using git = await startGitServer({ token: 'ghs_test' });
    await ask(git, { config: 'baseline: ref', zip: (commit) => uploadedResults(commit, [changedCapture('pricing')]) });
    await git.commit('refs/visual-capture/baselines/main', { 'pricing/1280x800.png': red });
    await ask(git, { config: 'baseline: ref', zip: (commit) => uploadedResults(commit, [changedCapture('docs')]) });
    expect(await git.git('ls-tree', '-r', '--name-only', acceptedRef)).toMatch(/^docs\/1280x800\/1-[0-9a-f]{64}\.png$/);
  });
});

/** A later check of the same page, on another commit, which shows this picture. */
async function check(git: GitServer, picture: Uint8Array): Promise<FinishedStep> {
  await using service = await startFakeService({ script: answers.picture(picture) });
  await using workspace = await createWorkspace();
  await mkdir(join(workspace.path, 'visual-capture'), { recursive: true });
  const payload = exampleEvent('pull_request', { action: 'synchronize', change: { pull_request: { base: { ref: 'main' } } } });
  return await runStep({
    entry: actionSource,
    workspace,
    inputs: {
      'api-key': 'sk_live_test',
      'api-url': service.url,
      urls: 'pricing = https://preview.example.com/pricing',
      baseline: 'ref',
      'page-check': 'off',
      'upload-artifact': 'false',
      comment: 'never',
      'github-token': 'ghs_test',
    },
    env: {
      ...(await eventEnvironment(workspace.path, 'pull_request', payload)),
      GITHUB_SERVER_URL: git.origin.replace('127.0.0.1', 'git.localhost'),
    },
  });
}
