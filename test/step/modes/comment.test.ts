import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { renderMarker } from '../../../src/publish/comment/marker.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep, type Workspace } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { answers, type FakeScript, startFakeService } from '../../helpers/fake-service.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { type GithubServer, type GithubServerOptions, startGithubServer } from '../../helpers/github-server.ts';
import { solidPng } from '../../helpers/solid-png.ts';

const token = 'ghs_test';
const grey = solidPng(64, 48, [128, 128, 128]);
const red = solidPng(64, 48, [200, 0, 0]);
const ref = 'refs/visual-capture/pr/2';
const headSha = '6dcb09b5b57875f334f61aebed695e2e4193db5e';
const pullRequest = (change: object = {}): object => exampleEvent('pull_request', { action: 'synchronize', change });

/** `/red` is captured red, all else grey; every baseline is grey. */
const site: FakeScript = (request) => answers.picture(String(request.body?.['url']).endsWith('/red') ? red : grey);

interface Scene extends AsyncDisposable {
  readonly github: GithubServer;
  readonly git: GitServer;
  readonly workspace: Workspace;
  /** Runs the action from source as the runner does, once. */
  check(given?: {
    paths?: readonly string[];
    event?: string;
    payload?: object;
    inputs?: Record<string, string>;
    env?: Record<string, string>;
  }): Promise<FinishedStep>;
}

async function openScene(options: GithubServerOptions & { readonly mayPush?: boolean } = {}): Promise<Scene> {
  const stack = new AsyncDisposableStack();
  const service = stack.use(await startFakeService({ script: site }));
  const github = stack.use(await startGithubServer(options));
  const git = stack.use(await startGitServer(options.mayPush === false ? { readToken: token } : { token }));
  const workspace = stack.use(await createWorkspace());
  for (const name of ['red', 'same']) {
    const file = join(workspace.path, `visual-baselines/${name}/1280x800.png`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, grey);
  }
  return {
    github,
    git,
    workspace,
    check: async ({ paths = ['/red', '/same'], event = 'pull_request', payload = pullRequest(), inputs = {}, env = {} } = {}) =>
      runStep({
        entry: actionSource,
        workspace,
        inputs: {
          'api-key': 'sk_live_test',
          'api-url': service.url,
          'base-url': 'https://preview.example.com',
          'page-check': 'off',
          'upload-artifact': 'false',
          'github-token': token,
          urls: paths.join('\n'),
          ...inputs,
        },
        env: {
          GITHUB_API_URL: github.apiUrl,
          GITHUB_SERVER_URL: git.origin,
          GITHUB_SHA: headSha,
          ...(await eventEnvironment(workspace.path, event, payload)),
          ...env,
        },
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const operationsOf = (github: GithubServer): string[] => github.requests.map(({ operation }) => operation);

describe('the comment on a pull request', () => {
  test('shows a change with a picture that was pushed before, and is brought up to date in place', async () => {
    await using scene = await openScene();
    const { github, git } = scene;

    const first = await scene.check();

    expect(github.wrong).toEqual([]);
    expect(operationsOf(github)).toEqual(['issues/list-comments', 'issues/create-comment']);
    const commit = await git.git('rev-parse', ref);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain(`<img src="${git.origin}/octo/site/blob/${commit}/01.png?raw=true"`);
    expect(github.comments[0]?.body).toContain('≠ Visual Capture: 1 changed of 2 captures');
    expect(first.outputs['comment-url']).toBe('https://github.com/octo/site/pull/7#issuecomment-500');
    const picture = PNG.sync.read(await readBlob(git, `${commit}:01.png`));
    expect([picture.width, picture.height]).toEqual([3 * 66 + 2 * 12, 50]);

    await scene.check({ env: { GITHUB_RUN_ATTEMPT: '2' } });

    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain(`${git.origin}/octo/site/actions/runs/42/attempts/2`);
    // The first commit is an ancestor of the second, so that what still shows it keeps its pictures.
    expect(await git.git('rev-parse', `${ref}^`)).toBe(commit);
    expect(github.wrong).toEqual([]);
  });

  test('is not written when there is nothing to say, but an older one is told so', async () => {
    await using quiet = await openScene();
    await quiet.check({ paths: ['/same'], inputs: { baseline: 'none' } });
    expect(operationsOf(quiet.github)).toEqual(['issues/list-comments']);
    expect(quiet.git.requests).toEqual([]);

    await using scene = await openScene();
    await scene.check();
    const step = await scene.check({ paths: ['/same'], inputs: { baseline: 'none' }, env: { GITHUB_RUN_ID: '43' } });
    expect(step.exitCode).toBe(0);
    expect(scene.github.comments).toHaveLength(1);
    expect(scene.github.comments[0]?.body).toContain('✓ Visual Capture: The capture is taken');
  });

  test('is found on whatever page it is, and only when our own account wrote it', async () => {
    const marker = renderMarker({ key: 'visual-capture', runId: 1, attempt: 1 });
    await using scene = await openScene({
      comments: [
        { login: 'mallory', body: `${marker}Mine` },
        ...Array.from({ length: 130 }, (_, index) => ({ login: 'octocat', body: `Comment ${index}` })),
        { login: 'github-actions[bot]', body: `${marker}Old` },
        { login: 'github-actions[bot]', body: `Quote:\n${marker}` },
        { login: 'github-actions[bot]', body: `${marker}Written at the same time` },
      ],
    });
    await scene.check();
    const bodies = scene.github.comments.map(({ body }) => body);
    expect(bodies).toHaveLength(133);
    expect(bodies[0]).toBe(`${marker}Mine`);
    expect(bodies[131]).toContain('1 changed');
    expect(bodies[132]).toBe(`Quote:\n${marker}`);
    expect(scene.github.wrong).toEqual([]);
  });

  test('has one for each key', async () => {
    await using scene = await openScene();
    await scene.check();
    await scene.check({ inputs: { 'comment-key': 'mobile -->' } });
    await scene.check({ inputs: { 'artifact-name': 'other' } });
    await scene.check({ inputs: { 'comment-key': 'mobile -->' } });
    const titles = scene.github.comments.map(({ body }) => /Visual Capture.*?:/.exec(body)?.[0]);
    expect(titles).toEqual(['Visual Capture:', 'Visual Capture (mobile --&#62;):', 'Visual Capture (other):']);
  });

  test('of a newer run is left alone', async () => {
    const body = `${renderMarker({ key: 'visual-capture', runId: 43, attempt: 1 })}Newer`;
    await using scene = await openScene({ comments: [{ login: 'github-actions[bot]', body }] });
    const step = await scene.check();
    expect(scene.github.comments[0]?.body).toBe(body);
    expect(step.stdout).toContain('No comment: a newer run has written it already');
  });

  test('is written with `always` though nothing changed, and never with `never`', async () => {
    await using scene = await openScene();
    await scene.check({ inputs: { comment: 'never' } });
    expect(scene.github.requests).toEqual([]);
    await scene.check({ paths: ['/same'], inputs: { comment: 'always', baseline: 'none' } });
    expect(scene.github.comments).toHaveLength(1);
  });

  test('is left to the job that merges where this one has only a share', async () => {
    await using scene = await openScene();
    const step = await scene.check({ inputs: { shard: '1/2' } });
    expect(step.stdout).toContain('No comment: the job that merges the shards writes it.');
    expect(scene.github.requests).toEqual([]);
  });

  test('waits once when GitHub holds requests back', async () => {
    let refused = 0;
    await using scene = await openScene({
      operations: {
        'issues/create-comment': () =>
          refused++ === 0
            ? { status: 403, headers: { 'retry-after': '0' }, body: { message: 'You have exceeded a secondary rate limit' } }
            : undefined,
      },
    });
    await scene.check();
    expect(scene.github.comments).toHaveLength(1);
  });
});

describe('without a permission', () => {
  test('to push, the comment goes without pictures and names the permission', async () => {
    await using scene = await openScene({ mayPush: false });
    const step = await scene.check();
    expect(scene.github.comments[0]?.body).not.toContain('<img');
    expect(scene.github.comments[0]?.body).toContain('The permission contents: write adds them.');
    expect(step.annotations.filter(({ command }) => command === 'warning')).toEqual([]);
  });

  test('to comment, a warning names it and the verdict stands', async () => {
    await using scene = await openScene({ pullRequests: 'read' });
    const step = await scene.check({ paths: ['/red'], inputs: { 'fail-on': 'none' } });
    expect(step.exitCode).toBe(0);
    expect(step.outputs).toMatchObject({ outcome: 'changed', 'comment-url': '' });
    expect(step.annotations.map(({ message }) => message).join('\n')).toContain('permissions: pull-requests: write');
  });

  test('because the pull request comes from a fork, the warning says that', async () => {
    await using scene = await openScene({ pullRequests: 'read', mayPush: false });
    const payload = pullRequest({ pull_request: { head: { repo: { full_name: 'mallory/site' } } } });
    const step = await scene.check({ payload });
    expect(step.annotations.map(({ message }) => message).join('\n')).toContain('it comes from a fork');
    expect(step.exitCode).toBe(1);
  });

  test('the token is in no log, error or comment', async () => {
    await using scene = await openScene({ mayPush: false, pullRequests: 'read' });
    const { stdout, stderr, summary } = await scene.check();
    const shown = stdout.replace(/^::add-mask::.*$/gm, '') + stderr + summary + JSON.stringify(scene.github.comments);
    expect(shown).not.toContain(token);
    expect(shown).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
  });
});

test('outside of a workflow nobody is told, and the log says why', async () => {
  await using scene = await openScene();
  const step = await scene.check({
    env: { GITHUB_RUN_ID: '', GITHUB_REPOSITORY: '', GITHUB_SERVER_URL: '' },
    inputs: { 'github-token': '' },
  });
  expect(step.stdout).toContain('No comment: this is no run of a workflow, or it was given no token.');
});

describe('other events', () => {
  const sha = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e';
  const pullsByCommit = {
    [sha]: [
      { number: 1, state: 'closed', headSha: sha },
      { number: 9, headSha: sha },
    ],
    [headSha]: [{ number: 5, headSha: 'another' }],
  } as const;

  test.each([
    ['push', exampleEvent('push'), 'the event push belongs to no pull request'],
    ['merge_group', exampleEvent('merge_group'), 'a merge queue tests several pull requests at once'],
    ['schedule', {}, 'a run on the default branch belongs to no pull request'],
  ])('%s has no comment, and GitHub is not asked', async (event, payload, reason) => {
    await using scene = await openScene();
    const step = await scene.check({ event, payload, inputs: { comment: 'always' } });
    expect(step.stdout).toContain(`No comment: ${reason}.`);
    expect(scene.github.requests).toEqual([]);
    expect(step.report?.totals.changed).toBe(1);
  });

  test.each([
    ['deployment_status', exampleEvent('deployment_status'), headSha],
    ['workflow_dispatch', exampleEvent('workflow_dispatch'), sha],
  ])('%s comments on the open pull request that has its commit as head', async (event, payload, githubSha) => {
    await using scene = await openScene({ pullsByCommit });
    const step = await scene.check({ event, payload, env: { GITHUB_SHA: githubSha } });
    expect(scene.github.wrong).toEqual([]);
    expect(scene.github.requests.at(-1)?.path['issue_number']).toBe('9');
    expect(step.outputs['comment-url']).not.toBe('');
    expect(await scene.git.git('for-each-ref', '--format=%(refname)')).toBe('refs/visual-capture/pr/9');
  });

  test('workflow_dispatch on a commit that is no pull request’s head has no comment', async () => {
    await using scene = await openScene({ pullsByCommit });
    const step = await scene.check({ event: 'workflow_dispatch', payload: exampleEvent('workflow_dispatch') });
    expect(step.stdout).toContain('is not the newest commit of an open pull request');
    expect(scene.github.comments).toEqual([]);
  });
});

async function readBlob(git: GitServer, name: string): Promise<Buffer> {
  const { stdout } = await promisify(execFile)('git', ['-C', git.repository, 'cat-file', 'blob', name], { encoding: 'buffer' });
  return stdout;
}
