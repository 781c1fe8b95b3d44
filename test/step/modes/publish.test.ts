import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { startGitServer } from '../../helpers/git-server.ts';
import { type GithubOperation, type GithubRequest, startGithubServer } from '../../helpers/github-server.ts';
import { exampleOf } from '../../helpers/openapi.ts';
import { readPagePictures } from '../../helpers/page-pictures.ts';
import { changedCapture, grey, uploadedFiles, uploadedResults } from '../../helpers/uploaded-results.ts';
import { makeZip } from '../../helpers/zip.ts';
import { makeReport } from '../../report/support/reports.ts';

const commit = 'a'.repeat(40);
/** The end of the untrusted run of a fork's pull request. */
const event = (change: object = {}): object =>
  exampleEvent('workflow_run', {
    action: 'completed',
    change: {
      workflow_run: {
        id: 30433642,
        run_attempt: 1,
        event: 'pull_request',
        head_sha: commit,
        head_branch: 'patch-1',
        html_url: 'https://github.com/octo/site/actions/runs/30433642',
        head_repository: { id: 999, full_name: 'stranger/site', owner: { login: 'stranger' } },
        pull_requests: [],
        ...change,
      },
    },
  });

interface Published extends FinishedStep {
  readonly requests: readonly GithubRequest[];
  readonly comment: string | undefined;
  readonly files: readonly string[];
  readonly uploads: readonly string[];
  readonly pictureRefs: string;
  readonly page: string;
}

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string; readonly repo: object };
}

interface World {
  readonly zip: Uint8Array;
  readonly pulls?: readonly Pull[];
  readonly payload?: object;
  readonly artifactName?: string;
}

const openPull = { number: 7, head: { sha: commit, repo: { id: 999, full_name: 'stranger/site' } } };

function operationsOf(
  { zip, pulls = [openPull], artifactName = 'visual-capture' }: World,
  download: string,
): Record<string, GithubOperation> {
  const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
  const stored = { ...artifact, id: 11, name: artifactName, size_in_bytes: zip.length, expired: false, digest: null };
  const [pull] = exampleOf('pulls/list', 200) as { head: { repo: object } }[];
  const described = pulls.map(({ head, number }) => ({
    ...pull,
    number,
    requested_teams: [],
    head: { ...pull?.head, sha: head.sha, repo: { ...pull?.head.repo, ...head.repo } },
  }));
  return {
    'actions/list-workflow-run-artifacts': () => ({ status: 200, body: { total_count: 1, artifacts: [stored] } }),
    'actions/download-artifact': () => ({ status: 302, headers: { location: download } }),
    'pulls/list': () => ({ status: 200, body: described }),
  };
}

/** Runs `mode: publish` as the runner does, with the artifact that the untrusted run uploaded. */
async function publish(world: World): Promise<Published> {
  await using workspace = await createWorkspace();
  await using artifacts = await startArtifactServer();
  await using git = await startGitServer({ token: 'ghs_test' });
  await using theirs = await startArtifactServer();
  const { id } = theirs.put('visual-capture', world.zip);
  await using github = await startGithubServer({ operations: operationsOf(world, theirs.signedUrl(id)) });
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: { mode: 'publish', 'github-token': 'ghs_test' },
    env: {
      ...artifacts.env,
      ...(await eventEnvironment(workspace.path, 'workflow_run', world.payload ?? event())),
      GITHUB_API_URL: github.apiUrl,
      GITHUB_SERVER_URL: git.origin.replace('127.0.0.1', 'git.localhost'),
    },
  });
  expect(github.wrong).toEqual([]);
  expect(step.stdout.replaceAll('::add-mask::ghs_test', '')).not.toContain('ghs_test');
  return {
    ...step,
    requests: github.requests,
    comment: github.comments[0]?.body,
    files: (await readdir(workspace.path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(workspace.path.length + 1))
      .filter((path) => !path.startsWith('.github-'))
      .toSorted(),
    uploads: artifacts.stored.map(({ name }) => name),
    pictureRefs: await git.git('for-each-ref', '--format=%(refname)'),
    page: await readFile(join(workspace.path, 'visual-capture/report.html'), 'utf8').catch(() => ''),
  };
}

describe('mode: publish', () => {
  it('posts what the untrusted run found, on the pull request that GitHub names', async () => {
    const published = await publish({ zip: uploadedResults(commit) });
    expect([published.exitCode, published.stdout]).toEqual([0, expect.anything()]);
    expect(published.outputs).toMatchObject({ outcome: 'changed', changed: '1' });
    expect(published.comment).toContain('pricing');
    expect(published.comment).toContain(commit);
    // A fork's branch is its author's.
    expect(published.comment).toContain(
      'The author of the pull request runs <code>visual-capture accept --run 30433642 --repository octo/site</code>',
    );
    expect(published.summary).toContain('accept --run 30433642 --repository octo/site');
    expect(published.requests.find(({ operation }) => operation === 'issues/create-comment')?.path['issue_number']).toBe('7');
    expect(published.requests.find(({ operation }) => operation === 'pulls/list')?.url.searchParams.get('head')).toBe(
      'stranger:patch-1',
    );
    expect(published.pictureRefs).toBe('refs/visual-capture/pr/7');
    expect(published.uploads).toEqual(['visual-capture', 'visual-capture.html']);
    expect(published.files).toContain('visual-capture/actual/pricing/1280x800.png');
    expect(published.annotations).toEqual([]);
  });

  it('takes nothing of the artifact but results and pictures', async () => {
    const report = makeReport([changedCapture('pricing')]);
    const zip = makeZip([
      ...uploadedFiles(report),
      { path: 'report.html', content: '<script>alert("theirs")</script>' },
      { path: 'evil.sh', content: 'rm -rf' },
    ]);
    const published = await publish({ zip });
    expect(published.page).not.toContain('theirs');
    expect(published.page).toContain('Visual Capture');
    expect(published.files).not.toContain('visual-capture/evil.sh');
  });

  it.each([
    ['another commit is its newest', { ...openPull, head: { sha: 'b'.repeat(40), repo: { id: 999 } } }],
    ['another repository has a branch of that name', { ...openPull, head: { sha: commit, repo: { id: 5 } } }],
  ])('comments on no pull request of which %s', async (_, pull) => {
    const published = await publish({ zip: uploadedResults(commit), pulls: [pull] });
    expect(published.exitCode).toBe(0);
    expect(published.comment).toBeUndefined();
    expect(published.stdout).toContain('is not the newest commit of an open pull request');
  });

  it('believes no word of the artifact about the run, the verdict or the pull request', async () => {
    const report = makeReport([changedCapture('pricing')], {
      run: { ci: { url: 'https://evil.example/run', commit: 'b'.repeat(40) }, failOn: [] },
    });
    const lie = { ...report, outcome: 'passed', totals: { ...report.totals, changed: 0, unchanged: 1 }, pull_request: 1 };
    const published = await publish({
      zip: makeZip([{ path: 'results.json', content: JSON.stringify(lie) }, ...uploadedFiles(report).slice(1)]),
    });
    expect(published.outputs).toMatchObject({ outcome: 'changed', changed: '1', unchanged: '0' });
    expect(published.comment).not.toContain('evil.example');
    expect(published.report?.run.ci).toEqual({
      url: 'https://github.com/octo/site/actions/runs/30433642',
      commit,
      artifactName: 'visual-capture',
    });
    expect(published.report?.run.failOn).toEqual(['changed', 'failed']);
  });

  it('shows hostile words as words', async () => {
    const capture = changedCapture('pricing', {
      status: 'failed',
      error: {
        code: 'unexpected_response',
        message: '@everyone <img src=x onerror=alert(1)> [x](javascript:alert(1))',
        fix: '</script>| ``` #1',
      },
    });
    const { comment = '', page } = await publish({ zip: uploadedResults(commit, [capture]) });
    expect(comment).not.toMatch(/@everyone|<img src=x|\]\(javascript:/);
    expect(page).not.toContain('<img src=x onerror');
  });

  it('shows what is unchanged as thumbnails that it makes itself', async () => {
    const unchanged = changedCapture('index', { status: 'unchanged', files: { actual: 'actual/index/1280x800.png' } });
    const { page } = await publish({ zip: uploadedResults(commit, [changedCapture('pricing'), unchanged]) });
    expect(readPagePictures(page)).toMatchObject({
      'actual/pricing/1280x800.png': 'whole',
      'actual/index/1280x800.png': 'thumbnail',
    });
  });

  it('leaves out pictures that cannot be decoded, and says so', async () => {
    const report = makeReport([{ ...changedCapture('pricing'), sha256: {} }]);
    const files = uploadedFiles(report).map((file) =>
      file.path === 'diff/pricing/1280x800.png' ? { ...file, content: '<svg onload=alert(1)>' } : file,
    );
    const published = await publish({ zip: makeZip(files) });
    expect(published.exitCode).toBe(0);
    expect(published.report?.captures[0]?.files).toEqual({
      actual: 'actual/pricing/1280x800.png',
      baseline: 'baseline/pricing/1280x800.png',
    });
    expect(published.annotations[0]?.message).toContain('1 picture of the artifact cannot be decoded');
  });

  const honest = uploadedFiles(makeReport([changedCapture('pricing')]));
  it.each<[string, Uint8Array, string]>([
    ['a path out of the folder', makeZip([...honest, { path: '../../.bashrc', content: 'x' }]), 'leads elsewhere'],
    [
      'a picture that was swapped',
      makeZip(honest.map((file, at) => (at === 0 ? file : { ...file, content: grey }))),
      'the hash of',
    ],
  ])('refuses an artifact with %s, and posts nothing', async (_, zip, message) => {
    const published = await publish({ zip });
    expect(published.exitCode).toBe(1);
    expect(published.annotations[0]?.message).toContain(message);
    expect(published.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect([published.uploads, published.files.filter((path) => path.endsWith('.html'))]).toEqual([[], []]);
  });

  it.each<[string, Partial<World>, number, string]>([
    ['was not of a pull request', { payload: event({ event: 'push' }) }, 0, 'there is nothing to publish'],
    ['uploaded nothing', { artifactName: 'other' }, 0, 'uploaded no artifact "visual-capture"'],
    ['is none: another event started this one', { payload: {} }, 1, 'on: workflow_run'],
  ])('says so when the run %s', async (_, world, exitCode, message) => {
    const published = await publish({ zip: uploadedResults(commit), ...world });
    expect(published.exitCode).toBe(exitCode);
    expect(published.stdout).toContain(message);
    expect(published.comment).toBeUndefined();
  });
});
