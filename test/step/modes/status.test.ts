import { describe, expect, test } from 'vitest';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, put, runStep } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { answers, startFakeService } from '../../helpers/fake-service.ts';
import { type GithubServer, type GithubServerOptions, startGithubServer } from '../../helpers/github-server.ts';
import { exampleOf } from '../../helpers/openapi.ts';
import { serve } from '../../helpers/serve.ts';
import { solidPng } from '../../helpers/solid-png.ts';
import { uploadedResults } from '../../helpers/uploaded-results.ts';
import { publish } from './support/publish.ts';

const grey = solidPng(8, 6, [128, 128, 128]);
const red = solidPng(8, 6, [200, 0, 0]);
/** The head of the pull request of the event. */
const headSha = 'a'.repeat(40);
const mergeSha = 'b'.repeat(40);
const pullRequest = (change: object = {}): object =>
  exampleEvent('pull_request', { action: 'synchronize', change: { pull_request: { head: { sha: headSha, ...change } } } });
const runUrl = 'https://github.com/octo/site/actions/runs/42';

interface Checked extends FinishedStep {
  readonly github: Pick<GithubServer, 'statuses' | 'wrong' | 'requests'>;
}

interface Scene extends GithubServerOptions {
  readonly paths?: readonly string[];
  readonly inputs?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly event?: readonly [name: string, payload: object];
  /** Artifacts are kept. */
  readonly uploads?: boolean;
  readonly config?: string;
  /** Cancelled when the service is asked for `/never`, which it does not answer. */
  readonly cancel?: boolean;
}

/** Runs a check of pull request 2: `/red` is captured red, all else grey, as every baseline is. */
async function check(scene: Scene = {}): Promise<Checked> {
  const { paths = ['/red', '/same'], inputs = {}, env = {}, uploads = false, cancel = false } = scene;
  const { event = ['pull_request', pullRequest()] } = scene;
  await using workspace = await createWorkspace();
  const asked = Promise.withResolvers<void>();
  await using service = await startFakeService({
    script: ({ body }) => {
      const url = String(body?.['url']);
      if (url.endsWith('/never')) {
        asked.resolve();
        return answers.silence();
      }
      return answers.picture(url.endsWith('/red') ? red : grey);
    },
  });
  await using github = await startGithubServer(scene);
  await using artifacts = await startArtifactServer();
  for (const path of paths.filter((one) => one !== '/new')) {
    await put(workspace, `visual-baselines${path}/1280x800.png`, grey);
  }
  await put(workspace, 'visual-capture.yml', scene.config ?? '');
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: {
      'api-key': 'sk_live_test',
      'api-url': service.url,
      'base-url': 'https://preview.example.com',
      'page-check': 'off',
      'upload-artifact': String(uploads),
      'github-token': 'ghs_test',
      urls: paths.join('\n'),
      comment: 'never',
      retakes: '0',
      status: 'true',
      ...inputs,
    },
    env: {
      ...(uploads ? artifacts.env : {}),
      GITHUB_API_URL: github.apiUrl,
      GITHUB_SHA: mergeSha,
      ...(await eventEnvironment(workspace.path, ...event)),
      ...env,
    },
    ...(cancel ? { stopWhen: asked.promise } : {}),
  });
  expect(github.wrong).toEqual([]);
  return { ...step, github };
}

const told = ({ github }: Checked): string[] => github.statuses.map(({ state, description }) => `${state}: ${description}`);
const warnings = ({ annotations }: FinishedStep): string[] =>
  annotations.flatMap(({ command, message }) => (command === 'warning' ? [message] : []));

describe('the status of the captured commit', () => {
  test('is not set unless it is asked for', async () => {
    const step = await check({ inputs: { status: 'false' } });
    expect(told(step)).toEqual([]);
  });

  test('is pending while the run goes on, then a failure with counts and the address of the report', async () => {
    const step = await check({ uploads: true });
    expect(step.exitCode).toBe(1);
    expect(told(step)).toEqual(['pending: Capturing and comparing', 'failure: 1 changed of 2 captures']);
    const [pending, end] = step.github.statuses;
    expect([pending?.commit, end?.commit]).toEqual([headSha, headSha]);
    expect([pending?.context, end?.context]).toEqual(['visual-capture', 'visual-capture']);
    expect(pending?.url).toBe(runUrl);
    expect(end?.url).toBe(step.outputs['report-url']);
    expect(step.outputs['report-url']).toMatch(/^https:\/\//);
    expect(step.stdout).toContain('Status visual-capture: failure');
  });

  test('is a success where nothing differs, and links the run where no report is uploaded', async () => {
    const step = await check({ paths: ['/same'] });
    expect(told(step).at(-1)).toBe('success: The capture is unchanged');
    expect(step.github.statuses.at(-1)?.url).toBe(runUrl);
  });

  test('is what fail-on makes of it, as the step is', async () => {
    const lenient = await check({ inputs: { 'fail-on': 'failed' } });
    expect([lenient.exitCode, told(lenient).at(-1)]).toEqual([0, 'success: 1 changed of 2 captures']);
    const strict = await check({ paths: ['/same', '/new'], inputs: { 'fail-on': 'added' } });
    expect([strict.exitCode, told(strict).at(-1)]).toEqual([1, 'failure: 1 added of 2 captures']);
  });

  test('says when nothing was compared', async () => {
    const step = await check({ paths: ['/same'], inputs: { format: 'jpeg' } });
    expect([step.exitCode, told(step).at(-1)]).toEqual([1, expect.stringContaining(': nothing was compared')]);
  });

  test('goes to the commit of a deployment, not to the one that the workflow belongs to', async () => {
    const sha = 'd'.repeat(40);
    const change = { deployment: { sha }, deployment_status: { state: 'success' } };
    const step = await check({ paths: ['/same'], event: ['deployment_status', exampleEvent('deployment_status', { change })] });
    expect(step.github.statuses.map(({ commit, state }) => [commit, state])).toEqual([
      [sha, 'pending'],
      [sha, 'success'],
    ]);
  });

  test('has a name for each comment-key, so that two configs on one commit do not overwrite each other', async () => {
    const byArtifact = await check({ paths: ['/same'], inputs: { 'artifact-name': 'visual-shop' } });
    expect(new Set(byArtifact.github.statuses.map(({ context }) => context))).toEqual(new Set(['visual-capture/visual-shop']));
    const byKey = await check({ paths: ['/same'], inputs: { 'artifact-name': 'visual-shop', 'comment-key': 'shop' } });
    expect(new Set(byKey.github.statuses.map(({ context }) => context))).toEqual(new Set(['visual-capture/shop']));
  });

  test('stands in the config file as well', async () => {
    const step = await check({ paths: ['/same'], inputs: { status: '' }, config: 'status: true\n' });
    expect(told(step)).toEqual(['pending: Capturing and comparing', 'success: The capture is unchanged']);
  });

  test('that the token may not set is one warning with the remedy, and changes no verdict', async () => {
    const step = await check({ paths: ['/same'], statuses: 'none' });
    expect(step.exitCode).toBe(0);
    expect(warnings(step)).toEqual([
      'The commit was given no status "visual-capture": the token of this job may not. Give the job the permission statuses: write, or set status: false.',
    ]);
  });

  test('of a fork’s own run says that its token can only read', async () => {
    const event = ['pull_request', pullRequest({ repo: { id: 999, full_name: 'stranger/site' } })] as const;
    const step = await check({ paths: ['/same'], statuses: 'none', event });
    expect(step.exitCode).toBe(0);
    expect(warnings(step)).toEqual([expect.stringContaining('it comes from a fork, and GitHub gives such runs a token')]);
  });

  test('is set once more when GitHub breaks down: a status must not stay pending', async () => {
    let broken = 0;
    const step = await check({
      paths: ['/same'],
      operations: {
        'repos/create-commit-status': ({ body }) =>
          (body as { state: string }).state !== 'pending' && broken++ === 0
            ? { status: 502, body: { message: 'Bad Gateway' } }
            : undefined,
      },
    });
    expect(broken).toBe(2);
    expect(told(step)).toEqual(['pending: Capturing and comparing', 'success: The capture is unchanged']);
    expect(warnings(step)).toEqual([]);
  });

  test('of a run that comes to no results is a failure, not left pending', async () => {
    const step = await check({ inputs: { engine: 'local', 'browser-path': '/nowhere/chrome' } });
    expect(step.exitCode).toBe(1);
    expect(step.report).toBeUndefined();
    expect(told(step)).toEqual(['pending: Capturing and comparing', 'failure: The check came to no results; its log says why']);
  });

  test('of wrong inputs is not set at all: nothing was begun', async () => {
    const step = await check({ inputs: { concurrency: 'many' } });
    expect([step.exitCode, told(step)]).toEqual([1, []]);
  });

  test('of a cancelled run is a failure that says so, whatever fail-on is', async () => {
    const step = await check({ paths: ['/never'], inputs: { 'fail-on': 'none' }, cancel: true });
    expect(step.exitCode).toBe(1);
    expect(told(step)).toEqual([
      'pending: Capturing and comparing',
      'failure: 1 failed of 1 capture: the run stopped early (cancelled)',
    ]);
  });

  test('does not wait for an upload that hangs when the run is cancelled', async () => {
    await using workspace = await createWorkspace();
    await using service = await startFakeService({ script: () => answers.picture(grey) });
    await using github = await startGithubServer();
    const asked = Promise.withResolvers<void>();
    await using silence = await serve(() => asked.resolve());
    await using artifacts = await startArtifactServer();
    await put(workspace, 'visual-baselines/same/1280x800.png', grey);
    const step = await runStep({
      entry: actionSource,
      workspace,
      inputs: {
        'api-key': 'sk_live_test',
        'api-url': service.url,
        'base-url': 'https://preview.example.com',
        'page-check': 'off',
        'github-token': 'ghs_test',
        urls: '/same',
        comment: 'never',
        status: 'true',
      },
      env: {
        ...artifacts.env,
        ACTIONS_RESULTS_URL: silence.url,
        GITHUB_API_URL: github.apiUrl,
        ...(await eventEnvironment(workspace.path, 'pull_request', pullRequest())),
      },
      stopWhen: asked.promise,
    });
    expect(step.exitCode).toBe(1);
    expect(github.statuses.map(({ state, url }) => [state, url])).toEqual([
      ['pending', runUrl],
      ['failure', runUrl],
    ]);
  });
});

describe('the status of a run in shards', () => {
  test('is set by the job that merges them, on the commit that they captured, and by none of them', async () => {
    await using artifacts = await startArtifactServer();
    const shards: Checked[] = [];
    for (const shard of ['1/2', '2/2']) {
      shards.push(await check({ inputs: { shard, 'upload-artifact': 'true' }, env: artifacts.env }));
    }
    expect(shards.map(told)).toEqual([[], []]);
    await using workspace = await createWorkspace();
    await using github = await startGithubServer();
    const step = await runStep({
      entry: actionSource,
      workspace,
      inputs: { mode: 'merge', status: 'true', comment: 'never', 'github-token': 'ghs_test' },
      env: { ...artifacts.env, GITHUB_API_URL: github.apiUrl, GITHUB_SHA: mergeSha },
    });
    expect(github.wrong).toEqual([]);
    expect(github.statuses).toEqual([
      {
        commit: headSha,
        state: 'failure',
        context: 'visual-capture',
        description: '1 changed of 2 captures',
        url: step.outputs['report-url'],
      },
    ]);
  });

  test('is a failure where a shard uploaded nothing, whatever fail-on is', async () => {
    await using artifacts = await startArtifactServer();
    await check({
      paths: ['/same', '/other'],
      inputs: { shard: '1/2', 'upload-artifact': 'true' },
      env: artifacts.env,
    });
    await using workspace = await createWorkspace();
    await using github = await startGithubServer();
    const step = await runStep({
      entry: actionSource,
      workspace,
      inputs: { mode: 'merge', status: 'true', comment: 'never', 'fail-on': 'none', 'github-token': 'ghs_test' },
      env: { ...artifacts.env, GITHUB_API_URL: github.apiUrl },
    });
    expect([step.exitCode, github.statuses.map(({ state }) => state)]).toEqual([1, ['failure']]);
  });
});

describe('what an untrusted run claims', () => {
  test.each(['unchanged', 'changed'] as const)('is no status, be it %s', async (claimed) => {
    const published = await publish({
      zip: uploadedResults('a'.repeat(40), claimed === 'unchanged' ? [] : undefined),
      inputs: { status: 'true' },
    });
    expect(published.exitCode).toBe(0);
    expect(published.requests.map(({ operation }) => operation)).not.toContain('repos/create-commit-status');
    expect(published.stdout).toContain('No status: ');
  });
});

test('GitHub’s own example is what the tests hold statuses against', () => {
  expect(exampleOf('repos/create-commit-status', 201)).toMatchObject({ state: 'success' });
});
