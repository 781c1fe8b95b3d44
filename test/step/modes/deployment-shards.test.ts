import { expect, test } from 'vitest';
import { type ArtifactServer, startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { type DeploymentWorld, deploymentOperations } from '../../helpers/deployments.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { type GithubServer, startGithubServer } from '../../helpers/github-server.ts';
import { serve } from '../../helpers/serve.ts';
import { browserPath } from '../../helpers/test-browser.ts';

const head = 'c0ffee0000000000000000000000000000000000';
const payload = exampleEvent('pull_request', { action: 'opened', change: { pull_request: { head: { sha: head } } } });

/** Vercel deploys a commit anew at another address, `/1`, `/2` and so on. */
const vercel = (url: string, count: number): DeploymentWorld => ({
  deployments: Array.from({ length: count }, (_, at) => ({
    sha: head,
    environment: 'Preview',
    creator: 'vercel[bot]',
    statuses: [{ state: 'success', environment_url: `${url}/${at + 1}` }],
  })),
});
/** Netlify serves every commit of a pull request at one address. */
const netlify = (url: string): DeploymentWorld => ({
  statuses: [{ sha: head, context: 'netlify/shop/deploy-preview', state: 'success', target_url: url }],
});

interface Scene {
  readonly world: (url: string, build: number) => DeploymentWorld;
  /** The build that is served while the first and the second shard run. */
  readonly builds: readonly [number, number];
}

/** Two shards, one after the other, and the job that merges them. `url` is where all builds are. */
async function runShards({ world, builds }: Scene) {
  await using stack = new AsyncDisposableStack();
  const artifacts = stack.use(await startArtifactServer());
  let build = 0;
  const preview = stack.use(
    await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', etag: `"build-${build}"` }).end('<h1>Preview</h1>'),
    ),
  );
  const operations = deploymentOperations(() => world(preview.url, build));
  const github = stack.use(await startGithubServer({ operations }));
  const shards: FinishedStep[] = [];
  for (const now of builds) {
    build = now;
    const inputs = {
      ...{ engine: 'local', 'browser-path': browserPath, deployment: 'true', urls: '/\n/pricing', viewports: '320x200' },
      ...{ baseline: 'none', shard: `${shards.length + 1}/2` },
    };
    shards.push(await runJob(inputs, artifacts, github));
  }
  const merged = await runJob({ mode: 'merge' }, artifacts, github);
  expect(github.wrong).toEqual([]);
  expect(shards.map(({ report }) => report?.totals.captures)).toEqual([1, 1]);
  return { shards, merged, url: preview.url };
}

/** A job of its own, with a fresh checkout. */
async function runJob(inputs: Record<string, string>, artifacts: ArtifactServer, github: GithubServer): Promise<FinishedStep> {
  await using workspace = await createWorkspace();
  return await runStep({
    entry: actionSource,
    workspace,
    env: {
      ...artifacts.env,
      ...(await eventEnvironment(workspace.path, 'pull_request', payload)),
      GITHUB_API_URL: github.apiUrl,
    },
    inputs: { 'github-token': 'ghs_test', comment: 'never', ...inputs },
  });
}

const warningsOf = ({ annotations }: FinishedStep): string[] => annotations.map(({ message }) => message);

test('shards and their merge speak of one deployment', async () => {
  const { shards, merged, url } = await runShards({ world: (at) => vercel(at, 1), builds: [1, 1] });
  for (const { stdout } of shards) {
    expect(stdout).toContain(`The preview of commit c0ffee0 is the deployment "Preview": ${url}/1`);
  }
  expect(merged.report?.captures.map((capture) => capture.url)).toEqual([`${url}/1/`, `${url}/1/pricing`]);
  expect(merged.report?.run.commit).toBe(head);
  expect([merged.exitCode, warningsOf(merged)]).toEqual([0, []]);
});

test('a commit that is deployed anew between two shards is refused by the merge, which says what to do', async () => {
  const { shards, merged, url } = await runShards({ world: vercel, builds: [1, 2] });
  expect(shards.map(({ report }) => report?.captures[0]?.url?.slice(0, url.length + 2))).toEqual([`${url}/1`, `${url}/2`]);
  expect([merged.exitCode, merged.report]).toEqual([1, undefined]);
  expect(merged.annotations[0]?.message).toContain(
    '"visual-capture-2-of-2" was judged on other previews than "visual-capture-1-of-2"',
  );
  expect(merged.annotations[0]?.message).toContain('With deployment');
  expect(merged.annotations[0]?.message).toContain('"Re-run all jobs"');
});

test('another build at the same address between two shards is told by the merge', async () => {
  const { shards, merged, url } = await runShards({ world: netlify, builds: [1, 2] });
  expect(shards.flatMap(warningsOf)).toEqual([]);
  expect(merged.report?.captures.map((capture) => capture.url)).toEqual([`${url}/`, `${url}/pricing`]);
  expect(warningsOf(merged)).toEqual([
    expect.stringContaining('"visual-capture-2-of-2" captured another build of the preview than "visual-capture-1-of-2"'),
  ]);
});

test('the same build at the same address is nothing to tell', async () => {
  const { merged } = await runShards({ world: netlify, builds: [1, 1] });
  expect([merged.exitCode, warningsOf(merged)]).toEqual([0, []]);
});
