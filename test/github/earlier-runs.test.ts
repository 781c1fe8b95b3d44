import { defaults } from '@actions/github/lib/utils';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EarlierRuns, PastArtifact } from '../../src/baseline/host.ts';
import { connectGithub } from '../../src/github/api.ts';
import { connectEarlierRuns } from '../../src/github/earlier-runs.ts';
import { systemClock } from '../../src/system/clock.ts';
import { type GithubServer, startGithubServer } from '../helpers/github-server.ts';
import { startWorkflowHistory } from '../helpers/workflow-history.ts';
import { makeZip } from '../helpers/zip.ts';

const archive = makeZip([{ path: 'results.json', content: '{}' }]);

/** The artifact client took GITHUB_API_URL from the environment when it was loaded, which may have been in another test. */
const realApiUrl = defaults.baseUrl ?? 'https://api.github.com';

async function connect({ apiUrl }: GithubServer, serverUrl = 'https://github.com') {
  defaults.baseUrl = apiUrl;
  const repository = { owner: 'octo', name: 'site', serverUrl, apiUrl };
  const api = await connectGithub('ghs_test', apiUrl, systemClock);
  const runs = connectEarlierRuns(api, { id: 500, repository }, 'ghs_test');
  return { ...runs, firstArtifact: (branch: string | undefined) => firstArtifact(runs, branch) };
}

/** The first run on the branch that has the artifact, as the baselines look for it. */
async function firstArtifact(runs: EarlierRuns, branch: string | undefined) {
  const found = await runs.successful(branch);
  const asked: PastArtifact[] = [];
  for (const run of found.runs) {
    const artifact = await runs.artifactOf(run, 'visual-capture');
    if (artifact.kind === 'found') {
      return { ...artifact, runUrl: run.url };
    }
    asked.push(artifact);
  }
  return { kind: 'none' as const, branch: found.branch, asked: asked.map(({ kind }) => kind) };
}

// The artifact client tells each of its steps to the runner's log.
beforeEach(() => vi.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => {
  vi.restoreAllMocks();
  defaults.baseUrl = realApiUrl;
});

describe('the artifact of earlier runs', () => {
  test('is that of the newest successful run on the branch that still has it, and can be read', async () => {
    await using history = await startWorkflowHistory(
      [{ id: 9 }, { id: 8, artifacts: [{ id: 81, expired: true }] }, { id: 7, artifacts: [{ id: 71 }, { id: 72 }] }],
      archive,
    );
    await using server = await startGithubServer(history);
    const found = await (await connect(server)).firstArtifact('main');
    expect(found).toMatchObject({ kind: 'found', runUrl: 'https://github.com/octo/site/actions/runs/7' });
    if (found.kind === 'found') {
      await using opened = await found.open();
      expect(opened.paths).toEqual(['results.json']);
    }
    expect(history.downloaded).toEqual(['72']);
    expect(server.wrong).toEqual([]);
    const { path, url } = server.requests.find(({ operation }) => operation === 'actions/list-workflow-runs')!;
    expect({ ...path, ...Object.fromEntries(url.searchParams) }).toMatchObject({
      workflow_id: '77',
      branch: 'main',
      status: 'success',
    });
  });

  test.each(['pull_request', 'pull_request_target', 'workflow_run', 'issue_comment', 'repository_dispatch', 'status'])(
    'is never that of a run that may show a pull request: %s',
    async (event) => {
      await using history = await startWorkflowHistory([{ id: 9, event, artifacts: [{ id: 91 }] }], archive);
      await using server = await startGithubServer(history);
      const search = await (await connect(server)).firstArtifact('main');
      expect(search).toEqual({ kind: 'none', branch: 'main', asked: [] });
      expect(server.wrong).toEqual([]);
    },
  );

  test('is never that of another repository whose branch has the same name', async () => {
    await using history = await startWorkflowHistory([{ id: 8, foreign: true, artifacts: [{ id: 81 }] }], archive);
    await using server = await startGithubServer(history);
    const search = await (await connect(server)).firstArtifact('main');
    expect(search).toEqual({ kind: 'none', branch: 'main', asked: [] });
  });

  test('is found behind any number of pull requests from forks, whose branches have the same name', async () => {
    const foreign = Array.from({ length: 200 }, (_, nth) => ({ id: 900 - nth, event: 'pull_request', foreign: true as const }));
    await using history = await startWorkflowHistory([...foreign, { id: 7, artifacts: [{ id: 71 }] }], archive);
    await using server = await startGithubServer(history);
    const found = await (await connect(server)).firstArtifact('main');
    expect(found).toMatchObject({ kind: 'found', runUrl: 'https://github.com/octo/site/actions/runs/7' });
  });

  test('is the newest one, whichever event it ran for', async () => {
    await using history = await startWorkflowHistory(
      [
        { id: 9, event: 'schedule', artifacts: [{ id: 91 }] },
        { id: 8, artifacts: [{ id: 81 }] },
      ],
      archive,
    );
    await using server = await startGithubServer(history);
    const found = await (await connect(server)).firstArtifact('main');
    expect(found).toMatchObject({ kind: 'found', runUrl: 'https://github.com/octo/site/actions/runs/9' });
  });

  test('tells how many were expired, on the default branch when none is named', async () => {
    await using history = await startWorkflowHistory([{ id: 9, artifacts: [{ id: 91, expired: true }] }, { id: 8 }], archive);
    await using server = await startGithubServer(history);
    const search = await (await connect(server)).firstArtifact(undefined);
    expect(search).toEqual({ kind: 'none', branch: 'trunk', asked: ['expired', 'none'] });
    expect(server.wrong).toEqual([]);
  });

  test.each([
    ['https://git.acme.example', 'Set baseline to directory or ref.', 0],
    ['https://acme.ghe.com', expect.stringContaining('actions: read'), 1],
  ])('cannot be had on GitHub Enterprise Server, which is not even asked: %s', async (serverUrl, fix, requests) => {
    const refuse = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
    await using server = await startGithubServer({ operations: { 'actions/get-workflow-run': refuse } });
    const search = (await connect(server, serverUrl)).firstArtifact('main');
    await expect(search).rejects.toMatchObject({ name: 'UserError', fix });
    expect(server.requests).toHaveLength(requests);
  });

  test('needs a permission, which is named when it is missing', async () => {
    const refuse = () => ({ status: 403, body: { message: 'Resource not accessible by integration' } });
    await using server = await startGithubServer({ operations: { 'actions/get-workflow-run': refuse } });
    const search = (await connect(server)).firstArtifact('main');
    await expect(search).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('Resource not accessible by integration'),
      fix: 'Give the job the permission actions: read, and pass github-token: ${{ github.token }}.',
    });
  });
});
