import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startArtifactServer } from '../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep, type Workspace } from '../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../helpers/events.ts';
import { answers, startFakeService } from '../helpers/fake-service.ts';
import { startGitServer } from '../helpers/git-server.ts';
import { startGithubServer } from '../helpers/github-server.ts';
import { serve } from '../helpers/serve.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { browserPath } from '../helpers/test-browser.ts';

const grey = solidPng(8, 6, [128, 128, 128]);
const red = solidPng(8, 6, [200, 0, 0]);
const never = new Promise<never>(() => {});

/** What is there when the step is cancelled, and when that is. */
interface Scene {
  readonly inputs?: Record<string, string>;
  readonly env?: Record<string, string>;
  readonly cancelWhen?: Promise<unknown>;
  /** Cancelled once this is in the log. */
  readonly cancelAfter?: string;
}

type Stage = (place: { stack: AsyncDisposableStack; workspace: Workspace }) => Promise<Scene>;

/** A server that takes every request and answers none. */
async function startSilence(stack: AsyncDisposableStack) {
  const asked = Promise.withResolvers<void>();
  const { url } = stack.use(await serve(() => asked.resolve()));
  return { url, asked: asked.promise };
}

async function put(workspace: Workspace, path: string, bytes: Uint8Array | string): Promise<void> {
  const file = join(workspace.path, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}

/** Runs a step that is cancelled, against a service that captures every page but `/never`, and `/first` only if that is what it is asked first. */
async function cancelled(stage: Stage): Promise<FinishedStep> {
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const service = stack.use(
    await startFakeService({
      script: ({ body, index }) => {
        const url = String(body?.['url']);
        const isAnswered = !url.endsWith('/never') && (!url.endsWith('/first') || index === 0);
        return isAnswered ? answers.picture(red) : answers.silence();
      },
    }),
  );
  const { inputs = {}, env = {}, cancelWhen, cancelAfter } = await stage({ stack, workspace });
  const seen = Promise.withResolvers<void>();
  return await runStep({
    entry: actionSource,
    workspace,
    inputs: {
      'api-key': 'sk_live_test',
      'api-url': service.url,
      'base-url': 'https://preview.example.com',
      urls: '/a\n/b\n/c',
      'page-check': 'off',
      'upload-artifact': 'false',
      retakes: '0',
      ...inputs,
    },
    env,
    stopWhen: cancelWhen ?? seen.promise,
    onOutput: (text) => {
      if (cancelAfter !== undefined && text.includes(cancelAfter)) {
        seen.resolve();
      }
    },
  });
}

/** The environment of a run that a push to a branch started. */
async function pushTo(branch: string, { path }: Workspace): Promise<Record<string, string>> {
  const payload = exampleEvent('push', { change: { ref: `refs/heads/${branch}`, repository: { default_branch: 'main' } } });
  return { GITHUB_REF: `refs/heads/${branch}`, ...(await eventEnvironment(path, 'push', payload)) };
}

/** The process cancels itself in the moment in which it begins to listen for that, which is before it does anything. */
const atOnce = `--import=data:text/javascript,${encodeURIComponent(
  'process.on("newListener", (name) => name === "SIGTERM" && setImmediate(() => process.kill(process.pid, "SIGINT")))',
)}`;

/** By the name of what it is doing when it is cancelled. */
const stages: Readonly<Record<string, Stage>> = {
  'has only just begun': async () => ({ env: { NODE_OPTIONS: atOnce } }),
  'asks GitHub what it is about': async ({ stack, workspace }) => {
    const github = await startSilence(stack);
    return {
      inputs: { 'github-token': 'ghs_test' },
      env: { GITHUB_API_URL: github.url, ...(await pushTo('topic', workspace)) },
      cancelWhen: github.asked,
    };
  },
  'opens its baselines': async ({ stack }) => {
    const git = await startSilence(stack);
    return { inputs: { baseline: 'ref' }, env: { GITHUB_SERVER_URL: git.url }, cancelWhen: git.asked };
  },
  'looks for the artifact of an earlier run': async ({ stack, workspace }) => {
    const github = await startSilence(stack);
    return {
      inputs: { baseline: 'artifact', 'github-token': 'ghs_test', comment: 'never' },
      env: { GITHUB_API_URL: github.url, ...(await pushTo('main', workspace)) },
      cancelWhen: github.asked,
    };
  },
  'starts the browser': async ({ stack, workspace }) => {
    const started = await startSilence(stack);
    const browser = join(workspace.path, 'browser.mjs');
    await writeFile(browser, `#!${process.execPath}\nawait fetch('${started.url}');\n`);
    await chmod(browser, 0o755);
    return { inputs: { engine: 'local', 'browser-path': browser }, cancelWhen: started.asked };
  },
  'waits for a preview to wake up': async ({ stack }) => {
    const asleep = stack.use(await serve((_, response) => response.writeHead(503).end()));
    const inputs = { engine: 'local', 'browser-path': browserPath, 'base-url': asleep.url, 'page-check': 'warn' };
    return { inputs, cancelAfter: 'Waiting until' };
  },
  'renders a page that never answers': async ({ stack }) => {
    const page = await startSilence(stack);
    return {
      inputs: { engine: 'local', 'browser-path': browserPath, 'base-url': page.url },
      cancelWhen: page.asked,
    };
  },
  'takes again what has changed': async ({ workspace }) => {
    await put(workspace, 'visual-baselines/first/1280x800.png', grey);
    return { inputs: { urls: '/first\n/b/never\n/c/never', retakes: '2', concurrency: '1' }, cancelAfter: 'again' };
  },
  'waits for the capture service': async () => ({
    inputs: { urls: '/a\n/b/never\n/c/never', concurrency: '1' },
    cancelAfter: 'Added      a/',
  }),
};

/** The same, once everything is captured. */
const lateStages: Readonly<Record<string, Stage>> = {
  'pushes its baselines': async ({ stack, workspace }) => {
    const pushing = Promise.withResolvers<void>();
    const git = stack.use(
      await startGitServer({
        beforePush: async () => {
          pushing.resolve();
          await never;
        },
      }),
    );
    return {
      inputs: { baseline: 'ref', 'update-baselines': 'true', 'baseline-takes': '1' },
      env: { GITHUB_SERVER_URL: git.origin, ...(await pushTo('main', workspace)) },
      cancelWhen: pushing.promise,
    };
  },
  'uploads its artifact': async ({ stack }) => {
    const answering = stack.use(await startArtifactServer());
    const silence = await startSilence(stack);
    return {
      inputs: { 'upload-artifact': 'true' },
      env: { ...answering.env, ACTIONS_RESULTS_URL: silence.url },
      cancelWhen: silence.asked,
    };
  },
  'pushes pictures for its comment': async ({ stack, workspace }) => {
    await put(workspace, 'visual-baselines/a/1280x800.png', grey);
    const pushing = Promise.withResolvers<void>();
    const git = stack.use(
      await startGitServer({
        beforePush: async () => {
          pushing.resolve();
          await never;
        },
      }),
    );
    const github = stack.use(await startGithubServer());
    const payload = exampleEvent('pull_request', { action: 'synchronize' });
    return {
      inputs: { 'github-token': 'ghs_test', 'fail-on': 'none' },
      env: {
        GITHUB_SERVER_URL: git.origin,
        GITHUB_API_URL: github.apiUrl,
        ...(await eventEnvironment(workspace.path, 'pull_request', payload)),
      },
      cancelWhen: pushing.promise,
    };
  },
  'writes its comment': async ({ stack, workspace }) => {
    const writing = Promise.withResolvers<void>();
    const github = stack.use(
      await startGithubServer({
        operations: {
          'issues/create-comment': async () => {
            writing.resolve();
            return await never;
          },
        },
      }),
    );
    const payload = exampleEvent('pull_request', { action: 'synchronize' });
    return {
      inputs: { 'github-token': 'ghs_test', comment: 'always' },
      env: { GITHUB_API_URL: github.apiUrl, ...(await eventEnvironment(workspace.path, 'pull_request', payload)) },
      cancelWhen: writing.promise,
    };
  },
};

/** The last word, the exit code, and that nothing hung until the process had to be ended. */
function expectCancelled(step: FinishedStep): void {
  expect([step.exitCode, step.stderr], step.stdout).toEqual([1, '']);
  expect(step.annotations.at(-1)).toMatchObject({
    command: 'error',
    properties: { title: 'Cancelled' },
    message: expect.stringContaining('The run was cancelled (received SIGINT'),
  });
  expect(step.stdout).not.toMatch(/did not end in time|Fault of Visual Capture/);
  expect(step.summary).not.toBe('');
}

describe('a check that is cancelled', () => {
  test.each(Object.entries(stages))('while it %s tells of every capture', async (_, stage) => {
    const step = await cancelled(stage);
    expectCancelled(step);
    const captures = step.report?.captures ?? [];
    expect(captures).toHaveLength(3);
    // What was captured by then counts; nothing else does.
    const others = captures.filter(({ status }) => status !== 'added' && status !== 'changed');
    expect(others.map(({ error }) => error?.code)).toEqual(others.map(() => 'cancelled'));
    expect(others.length).toBeGreaterThanOrEqual(2);
    expect(step.outputs).toMatchObject({ outcome: 'failed', captures: '3' });
    expect(step.report?.stopped).toMatchObject({ code: 'cancelled' });
  });

  test.each(Object.entries(lateStages))('while it %s has told what it found', async (_, stage) => {
    const step = await cancelled(stage);
    expectCancelled(step);
    expect(step.report?.totals).toMatchObject({ captures: 3, failed: 0, skipped: 0 });
    expect(step.outputs).toMatchObject({ captures: '3', results: expect.stringContaining('results.json') });
  });

  test('says that baselines which were not pushed are none', async () => {
    const { 'pushes its baselines': stage } = lateStages;
    const step = await cancelled(stage ?? (async () => ({})));
    expect(step.report?.captures.map(({ status, baselineUpdated }) => [status, baselineUpdated])).toEqual([
      ['added', undefined],
      ['added', undefined],
      ['added', undefined],
    ]);
  });

  test('keeps what the summary held before', async () => {
    await using workspace = await createWorkspace();
    await using service = await startFakeService({ script: () => answers.picture(red) });
    const before = join(workspace.path, 'summary');
    await writeFile(before, 'of an earlier part\n');
    await runStep({
      entry: actionSource,
      workspace,
      inputs: { 'api-key': 'sk_live_test', 'api-url': service.url, urls: 'https://preview.example.com/a', 'page-check': 'off' },
      env: { GITHUB_STEP_SUMMARY: before },
    });
    const summary = await readFile(before, 'utf8');
    expect(summary.startsWith('of an earlier part\n')).toBe(true);
    expect(summary.match(/Visual Capture: /g)).toHaveLength(1);
  });
});

describe('a fault of somebody else', () => {
  /** Whoever listens for nothing fails in the middle of the run. */
  const faults = {
    'an exception that nobody caught': 'throw new Error("out of order")',
    'a rejection that nobody handled': 'Promise.reject(new Error("out of order"))',
  };
  test.each(Object.entries(faults))('%s ends the run as one, and what was captured is reported', async (_, fault) => {
    const preload = `process.on("SIGUSR2", () => { setImmediate(() => { ${fault} }) })`;
    await using workspace = await createWorkspace();
    await using service = await startFakeService({
      script: ({ index }) => (index === 0 ? answers.picture(red) : answers.silence()),
    });
    let isDue = true;
    const step = await runStep({
      entry: actionSource,
      workspace,
      inputs: {
        'api-key': 'sk_live_test',
        'api-url': service.url,
        'base-url': 'https://preview.example.com',
        urls: '/a\n/b\n/c',
        'page-check': 'off',
        'upload-artifact': 'false',
        concurrency: '1',
      },
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` },
      onOutput: (text, kill) => {
        if (isDue && text.includes('Added      a/')) {
          isDue = false;
          kill('SIGUSR2');
        }
      },
    });
    expect(step.exitCode, step.stdout).toBe(1);
    expect(step.report?.captures.map(({ status, error }) => error?.code ?? status)).toEqual([
      'added',
      'run_failed',
      'run_failed',
    ]);
    expect(step.annotations.at(-1)).toMatchObject({
      properties: { title: 'Fault of Visual Capture' },
      message: expect.stringContaining('out of order'),
    });
    expect(step.summary).toContain('run_failed');
  });

  test('a malformed answer costs its own capture alone', async () => {
    await using workspace = await createWorkspace();
    const picture = Buffer.from(red);
    await using service = await serve(async (request, response) => {
      const { url } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { url: string };
      if (url.endsWith('/bad')) {
        response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: abc\r\n\r\n');
      } else {
        response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
      }
    });
    const step = await runStep({
      entry: actionSource,
      workspace,
      inputs: {
        'api-key': 'sk_live_test',
        'api-url': service.url,
        'base-url': 'https://preview.example.com',
        urls: '/a\n/bad\n/c',
        'page-check': 'off',
        'upload-artifact': 'false',
        'max-attempts': '1',
      },
    });
    expect(step.report?.captures.map(({ status, error }) => error?.code ?? status)).toEqual(['added', 'network_error', 'added']);
  });
});

test('what a killed run leaves lies in RUNNER_TEMP, and the next run clears it away', async () => {
  await using stack = new AsyncDisposableStack();
  const [workspace, temporary] = [stack.use(await createWorkspace()), stack.use(await createWorkspace())];
  const page = await startSilence(stack);
  const inputs = {
    engine: 'local',
    'browser-path': browserPath,
    'base-url': page.url,
    urls: '/a',
    'page-check': 'off',
    'upload-artifact': 'false',
  };
  const env = { RUNNER_TEMP: temporary.path };
  await runStep({
    entry: actionSource,
    workspace,
    inputs,
    env,
    onOutput: (text, kill) => {
      if (text.includes('Capturing with')) {
        void page.asked.then(() => kill('SIGKILL'));
      }
    },
  });
  expect(await readdir(temporary.path)).toEqual([expect.stringMatching(/^visual-capture-[0-9a-f]{8}-\d+-profile-/)]);
  await runStep({ entry: actionSource, workspace, inputs: { ...inputs, 'browser-path': '/nowhere/chrome' }, env });
  expect(await readdir(temporary.path)).toEqual([]);
});

/** Modes that capture nothing. */
const otherModes: Readonly<Record<string, Stage>> = {
  merge: async ({ stack }) => {
    const answering = stack.use(await startArtifactServer());
    const silence = await startSilence(stack);
    return { inputs: { mode: 'merge' }, env: { ...answering.env, ACTIONS_RESULTS_URL: silence.url }, cancelWhen: silence.asked };
  },
  publish: async ({ stack, workspace }) => {
    const github = await startSilence(stack);
    const payload = exampleEvent('workflow_run', { change: { workflow_run: { event: 'pull_request' } } });
    return {
      inputs: { mode: 'publish', 'github-token': 'ghs_test' },
      env: { GITHUB_API_URL: github.url, ...(await eventEnvironment(workspace.path, 'workflow_run', payload)) },
      cancelWhen: github.asked,
    };
  },
  cleanup: async ({ stack, workspace }) => {
    const git = await startSilence(stack);
    const payload = exampleEvent('pull_request', { action: 'closed', change: { pull_request: { merged: true } } });
    return {
      inputs: { mode: 'cleanup', 'github-token': 'ghs_test' },
      env: { GITHUB_SERVER_URL: git.url, ...(await eventEnvironment(workspace.path, 'pull_request_target', payload)) },
      cancelWhen: git.asked,
    };
  },
  accept: async ({ stack, workspace }) => {
    const github = await startSilence(stack);
    const payload = exampleEvent('issue_comment', {
      action: 'created',
      change: { comment: { body: '/visual accept' }, issue: { pull_request: { url: 'https://api.example.com/pulls/2' } } },
    });
    return {
      inputs: { mode: 'accept', 'github-token': 'ghs_test' },
      env: { GITHUB_API_URL: github.url, ...(await eventEnvironment(workspace.path, 'issue_comment', payload)) },
      cancelWhen: github.asked,
    };
  },
};

test.each(Object.entries(otherModes))('mode: %s stops at once when it is cancelled, and says so', async (_, stage) => {
  const step = await cancelled(stage);
  expectCancelled(step);
  expect(step.outputs).toEqual({ outcome: 'failed' });
});
