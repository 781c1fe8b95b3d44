import { describe, expect, test } from 'vitest';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { type DeploymentWorld, deploymentOperations, withoutPermission } from '../../helpers/deployments.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { answers, startFakeService } from '../../helpers/fake-service.ts';
import { startGithubServer } from '../../helpers/github-server.ts';
import { serve } from '../../helpers/serve.ts';
import { solidPng } from '../../helpers/solid-png.ts';

const head = 'c0ffee0000000000000000000000000000000000';

const opened = () => ({
  name: 'pull_request',
  payload: exampleEvent('pull_request', { action: 'opened', change: { pull_request: { head: { sha: head } } } }),
});

interface Scene {
  /** The preview answers so. Default: 200. */
  readonly answer?: (path: string) => { status: number; headers?: Record<string, string> };
  /** What GitHub knows, the more often it was asked; `url` is the preview. */
  readonly world: (url: string, looks: number) => DeploymentWorld;
  readonly denied?: readonly string[];
  readonly inputs?: Record<string, string>;
  readonly stopAfter?: string;
  /** The event of the run and its payload; `url` is the preview. Default: a pull request. */
  readonly event?: (url: string) => { readonly name: string; readonly payload: object };
}

interface Shown {
  readonly step: FinishedStep;
  /** What the service was asked to capture. */
  readonly captured: readonly string[];
  /** Paths that the preview was asked for, with the header of `page-headers`. */
  readonly asked: readonly string[];
  readonly url: string;
}

/** The step for a pull request whose preview is deployed by somebody else. */
async function check({ answer, world, denied = [], inputs = {}, stopAfter, event = opened }: Scene): Promise<Shown> {
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await createWorkspace());
  const captured: string[] = [];
  const service = stack.use(
    await startFakeService({
      script: ({ body }) => {
        captured.push(String(body?.['url']));
        return answers.picture(solidPng(8, 6, [200, 0, 0]));
      },
    }),
  );
  const asked: string[] = [];
  const preview = stack.use(
    await serve((request, response) => {
      asked.push(`${request.url} ${request.headers['x-open'] ?? ''}`.trim());
      const { status, headers = {} } = answer?.(request.url ?? '') ?? { status: 200 };
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<h1>Preview</h1>');
    }),
  );
  let looks = 0;
  const operations = deploymentOperations(() => world(preview.url, looks));
  const counted: typeof operations = {
    ...operations,
    'repos/list-deployments': (request) => {
      looks += 1;
      return operations['repos/list-deployments']?.(request);
    },
  };
  const github = stack.use(await startGithubServer({ operations: withoutPermission(counted, ...denied) }));
  const artifacts = stack.use(await startArtifactServer());
  const { name, payload } = event(preview.url);
  const seen = Promise.withResolvers<void>();
  const step = await runStep({
    entry: actionSource,
    workspace,
    env: {
      ...artifacts.env,
      ...(await eventEnvironment(workspace.path, name, payload)),
      GITHUB_API_URL: github.apiUrl,
    },
    inputs: {
      'api-key': 'sk_live_test',
      'api-url': service.url,
      'github-token': 'ghs_test',
      deployment: 'true',
      urls: '/\n/pricing',
      // The fake service captures what the hosted one could not reach.
      'page-check': 'off',
      comment: 'never',
      retakes: '0',
      baseline: 'none',
      ...inputs,
    },
    ...(stopAfter === undefined
      ? {}
      : {
          stopWhen: seen.promise,
          onOutput: (text: string) => {
            if (text.includes(stopAfter)) {
              seen.resolve();
            }
          },
        }),
  });
  expect(github.wrong).toEqual([]);
  return { step, captured, asked, url: preview.url };
}

const ready = (url: string): DeploymentWorld => ({
  deployments: [
    { sha: head, environment: 'Preview', creator: 'vercel[bot]', statuses: [{ state: 'success', environment_url: url }] },
  ],
});
const building = (): DeploymentWorld => ({
  deployments: [{ sha: head, environment: 'Preview', creator: 'vercel[bot]', statuses: [{ state: 'in_progress' }] }],
});

const addressesOf = ({ report }: FinishedStep): unknown => report?.captures.map(({ url }) => url);

describe('deployment: true', () => {
  test('captures the preview of the head of the pull request, once it is there and answers', async () => {
    let answered = 0;
    const { step, url } = await check({
      answer: () => {
        answered += 1;
        return { status: answered === 1 ? 503 : 200 };
      },
      world: (at, looks) => (looks === 1 ? building() : ready(at)),
      inputs: { engine: 'local' },
    });
    expect(step.stdout).toContain('Waiting for the deployment, ');
    expect(step.stdout).toContain('"Preview" (in progress)');
    expect(step.stdout).toContain(`The preview of commit c0ffee0 is the deployment "Preview": ${url}/`);
    expect(step.stdout).toContain('answers (HTTP 503)');
    expect(addressesOf(step)).toEqual([`${url}/`, `${url}/pricing`]);
    expect(step.outputs['outcome']).toBe('passed');
    expect(step.exitCode).toBe(0);
  });

  test('puts a base-url that is a path and a query behind the address, and opens it with page-headers', async () => {
    const { step, asked, url } = await check({
      world: ready,
      inputs: { 'base-url': '/docs?v=1', 'page-headers': 'x-open: sesame', engine: 'local' },
    });
    expect(addressesOf(step)).toEqual([`${url}/docs/?v=1`, `${url}/docs/pricing?v=1`]);
    expect(asked[0]).toBe('/docs?v=1 sesame');
  });

  test('takes the address of the event, and asks nobody', async () => {
    const { step, url } = await check({
      event: (environment_url) => ({
        name: 'deployment_status',
        payload: exampleEvent('deployment_status', {
          change: { deployment: { sha: head }, deployment_status: { state: 'success', environment_url } },
        }),
      }),
      world: () => {
        throw new Error('nobody is to be asked');
      },
      inputs: { engine: 'local' },
    });
    expect(addressesOf(step)).toEqual([`${url}/`, `${url}/pricing`]);
  });

  test('warns when another build is served at the end', async () => {
    // Before the captures `/` is asked three times: whether it answers, and twice for its ETag.
    let asked = 0;
    const { step } = await check({
      answer: (path) => {
        asked += path === '/' ? 1 : 0;
        return { status: 200, headers: { etag: asked > 3 ? '"2"' : '"1"' } };
      },
      world: ready,
      inputs: { engine: 'local' },
    });
    expect(step.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('serves another build than when the run began'),
    );
  });

  test('that failed is told at once: every capture is skipped, and the report is written', async () => {
    const failed = { state: 'failure', log_url: 'https://vercel.com/octo/site/log', description: 'Build failed' } as const;
    const { step, captured } = await check({
      world: () => ({ deployments: [{ sha: head, environment: 'Preview', creator: 'vercel[bot]', statuses: [failed] }] }),
    });
    expect(captured).toEqual([]);
    expect(step.exitCode).toBe(1);
    expect(step.outputs).toMatchObject({ outcome: 'failed', skipped: '2' });
    const told = step.annotations.filter(({ command }) => command === 'error');
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain('The deployment of commit c0ffee0 failed: "Preview" (failure: Build failed).');
    expect(told[0]?.message).toContain('https://vercel.com/octo/site/log');
    expect(step.summary).toContain('The deployment of commit');
  });

  test('that failed fails the step also where there is no capture to say so', async () => {
    const failed = { state: 'failure' } as const;
    const { step } = await check({
      world: () => ({ deployments: [{ sha: head, environment: 'Preview', creator: 'vercel[bot]', statuses: [failed] }] }),
      inputs: { urls: '', 'allow-empty': 'true' },
    });
    expect(step.exitCode).toBe(1);
    expect(step.annotations.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('The deployment of commit c0ffee0 failed: "Preview" (failure'),
    );
  });

  test('that never comes says what was seen', async () => {
    const { step } = await check({ world: building, inputs: { deployment: '{"timeout": 0}' } });
    expect(step.annotations[0]?.message).toContain(
      'No deployment of commit c0ffee0 was ready and none is waited for (timeout: 0). Seen: "Preview" (in progress).',
    );
    expect(step.exitCode).toBe(1);
  });

  test('that GitHub does not tell to this job names the permissions', async () => {
    const denied = ['repos/list-deployments', 'repos/get-combined-status-for-ref', 'checks/list-for-ref'];
    const { step } = await check({ world: ready, denied });
    expect(step.annotations[0]?.message).toContain('deployments: read, statuses: read, checks: read');
  });

  test('that is waited for is given up when the job is cancelled, and the report says so', async () => {
    const { step, captured } = await check({ world: building, stopAfter: 'Waiting for the deployment' });
    expect(captured).toEqual([]);
    expect(step.exitCode).not.toBe(0);
    expect(step.report).toMatchObject({ totals: { skipped: 2 }, stopped: { code: 'cancelled' } });
  });

  test('needs a token', async () => {
    const { step } = await check({ world: ready, inputs: { 'github-token': '' } });
    expect(step.annotations[0]?.message).toContain('deployment needs github-token to ask GitHub');
    expect(step.report).toBeUndefined();
  });

  test('asks nobody while something else is wrong', async () => {
    const { step } = await check({ world: ready, inputs: { threshold: '7', 'base-url': 'https://preview.example' } });
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('threshold'),
      expect.stringContaining('deployment and base-url both say where the preview is'),
    ]);
    expect(step.stdout).not.toContain('Waiting for the deployment');
  });
});
