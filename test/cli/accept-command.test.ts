import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { acceptancesRef } from '../../src/baseline/acceptances/ref.ts';
import { describeObject, renderPointer } from '../../src/git/lfs/pointer.ts';
import { groupChanges } from '../../src/results/groups/group-changes.ts';
import type { RunReport } from '../../src/results/model.ts';
import { environment } from '../baseline/support.ts';
import { startArtifactServer } from '../helpers/artifact-server.ts';
import { cliSource, createWorkspace, type Finished, put, runBundle, type Workspace } from '../helpers/bundle.ts';
import { startGitServer } from '../helpers/git-server.ts';
import { startGithubServer } from '../helpers/github-server.ts';
import { exampleOf } from '../helpers/openapi.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { changedCapture, grey, red, uploadedFiles, uploadedResults } from '../helpers/uploaded-results.ts';
import { type CaptureChange, makeCapture, makeChanged, makeReport } from '../report/support/reports.ts';

const baselineFile = 'visual-baselines/pricing/1280x800.png';

/** The output folder of a check that found one change. */
async function putResults(workspace: Workspace, change: CaptureChange = {}, run: Partial<RunReport> = {}): Promise<void> {
  for (const { path, content } of uploadedFiles(makeReport([changedCapture('pricing', change)], { run }))) {
    await put(workspace, `visual-capture/${String(path)}`, content);
  }
}

const accept = (workspace: Workspace, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Finished> =>
  runBundle(cliSource, { cwd: workspace.path, args: ['accept', ...args], env });

describe('visual-capture accept', () => {
  it('takes the captures of the last run, byte for byte', async () => {
    await using workspace = await createWorkspace();
    await putResults(workspace);
    const { exitCode, stdout } = await accept(workspace);
    expect([exitCode, stdout]).toEqual([0, `${baselineFile}\n`]);
    expect(await readFile(join(workspace.path, baselineFile))).toEqual(Buffer.from(red));
  });

  it('keeps with the picture how long it took', async () => {
    await using workspace = await createWorkspace();
    const timeline = [{ kind: 'request', startMs: 0, durationMs: 2120, result: 'image' }] as const;
    await putResults(workspace, { environment, timeline });
    expect((await accept(workspace)).exitCode).toBe(0);
    const manifest = JSON.parse(await readFile(join(workspace.path, 'visual-baselines/manifest.json'), 'utf8'));
    expect(manifest.captures).toEqual({ 'pricing/1280x800': { sha256: expect.any(String), environment, durationMs: 2200 } });
  });

  it('takes what targets and globs name, and nothing else', async () => {
    await using workspace = await createWorkspace();
    const names = ['docs/api', 'docs/start', 'docsearch', 'pricing'];
    for (const { path, content } of uploadedFiles(makeReport(names.map((name) => changedCapture(name))))) {
      await put(workspace, `visual-capture/${String(path)}`, content);
    }
    const { exitCode, stdout } = await accept(workspace, ['pricing', 'docs/*']);
    const files = ['docs/api', 'docs/start', 'pricing'].map((name) => `visual-baselines/${name}/1280x800.png\n`);
    expect([exitCode, stdout]).toEqual([0, files.join('')]);
    const wrong = await accept(workspace, ['pricng', 'blog/**']);
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('No capture named "pricng" changed or was added in the reviewed run. No capture named "blog/**"'),
    ]);
    expect(wrong.stderr).toContain('Did you mean "pricing"?');
  });

  it('takes the captures whose every change is in the named groups, and says what is left over', async () => {
    await using workspace = await createWorkspace();
    const size = { width: 80, height: 60 };
    const one = (name: string, changes: readonly string[]) => {
      const regions = changes.map((_, at) => ({ x: 0, y: at * 20, width: 80, height: 20, diffPixels: 99 - at }));
      const { comparison } = makeChanged(name, changes);
      return changedCapture(name, { comparison: { ...comparison!, baselineSize: size, actualSize: size, regions } });
    };
    const report = groupChanges(makeReport([one('a', ['header']), one('b', ['footer', 'header']), one('c', ['footer', 'own'])]));
    for (const { path, content } of uploadedFiles(report)) {
      await put(workspace, `visual-capture/${String(path)}`, content);
    }
    const first = await accept(workspace, ['--group', 'g1']);
    expect([first.exitCode, first.stdout]).toEqual([0, 'visual-baselines/a/1280x800.png\n']);
    expect(first.stderr).toContain('1 taken as baselines. Commit them. Left over, for what else is on it: b/1280x800 (g2).');
    const both = await accept(workspace, ['--group', 'g1,g2']);
    expect([both.exitCode, both.stdout]).toEqual([
      0,
      ['a', 'b'].map((name) => `visual-baselines/${name}/1280x800.png\n`).join(''),
    ]);
    const none = await accept(workspace, ['--group', 'g7', '--group', 'g1']);
    expect([none.exitCode, none.stderr]).toEqual([
      2,
      expect.stringContaining('There is no group "g7" in the reviewed run. Its groups are g1, g2.'),
    ]);
  });

  it('deletes the baselines that nothing asks for when told so, and accepts nothing by that', async () => {
    await using workspace = await createWorkspace();
    const gone = ['old', 'older'].map((name) => makeCapture(name, { status: 'removed', files: {} }));
    for (const { path, content } of uploadedFiles(makeReport([changedCapture('pricing'), ...gone]))) {
      await put(workspace, `visual-capture/${String(path)}`, content);
    }
    for (const name of ['old', 'older']) {
      await put(workspace, `visual-baselines/${name}/1280x800.png`, grey);
    }
    const manifest = { version: 1, captures: { 'old/1280x800': { sha256: '0'.repeat(64), environment } } };
    await put(workspace, 'visual-baselines/manifest.json', JSON.stringify(manifest));
    const one = await accept(workspace, ['--removed', 'old']);
    expect([one.exitCode, one.stdout]).toEqual([0, 'visual-baselines/old/1280x800.png\n']);
    expect(JSON.parse(await readFile(join(workspace.path, 'visual-baselines/manifest.json'), 'utf8')).captures).toEqual({});
    const all = await accept(workspace, ['--removed']);
    expect([all.exitCode, all.stdout]).toEqual([0, 'visual-baselines/old/1280x800.png\nvisual-baselines/older/1280x800.png\n']);
    const left = await readdir(join(workspace.path, 'visual-baselines'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(['manifest.json']);
  });

  it('says where baselines in a ref are deleted', async () => {
    await using workspace = await createWorkspace();
    const report = makeReport([makeCapture('old', { status: 'removed', files: {} })], { run: { baselineKind: 'ref' } });
    for (const { path, content } of uploadedFiles(report)) {
      await put(workspace, `visual-capture/${String(path)}`, content);
    }
    const { exitCode, stderr } = await accept(workspace, ['--removed', '--baseline', 'ref']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('with update-baselines: true and prune: true')]);
  });

  it('says of an id that there is nothing at all to accept', async () => {
    await using workspace = await createWorkspace();
    await putResults(workspace, { status: 'unchanged' });
    const { exitCode, stderr } = await accept(workspace, ['pricing/1280x800']);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('in the reviewed run. Nothing did, so there is nothing to accept.'),
    ]);
  });

  it.each([
    ['url', 'another deployment'],
    ['artifact', 'the artifact of an earlier run'],
    ['none', 'nothing'],
  ] as const)('says that there is nothing to accept of a run with baseline: %s', async (baselineKind, what) => {
    await using workspace = await createWorkspace();
    await putResults(workspace, {}, { baselineKind });
    for (const ids of [[], ['pricing/1280x800']]) {
      const { exitCode, stderr } = await accept(workspace, ids);
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringContaining(
          `That run compared with ${what} (baseline: ${baselineKind}), so there is nothing to accept. Merge the change if it is meant.`,
        ),
      ]);
    }
  });

  it('refuses a picture that was changed since', async () => {
    await using workspace = await createWorkspace();
    await putResults(workspace);
    await put(workspace, 'visual-capture/actual/pricing/1280x800.png', grey);
    const { exitCode, stderr } = await accept(workspace);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('actual/pricing/1280x800.png is not the picture that results.json tells the hash of'),
    ]);
  });

  it('refuses to undo a baseline that came meanwhile, but not to accept again', async () => {
    await using workspace = await createWorkspace();
    await putResults(workspace);
    await put(workspace, baselineFile, solidPng(80, 60, [0, 0, 200]));
    const { exitCode, stderr } = await accept(workspace);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(
        'compared pricing/1280x800 with other baselines than there are here now (directory visual-baselines)',
      ),
    ]);
    for (const fine of [grey, red, renderPointer(describeObject(grey))]) {
      await put(workspace, baselineFile, fine);
      expect((await accept(workspace)).exitCode).toBe(0);
    }
  });
});

describe('visual-capture accept with baseline: ref', () => {
  /** Accepts in a clone of a server that has these pull requests, by number, at the commit of the clone or at another one. */
  async function acceptInRef(
    pulls: Readonly<Record<number, 'same' | 'other'>>,
    run: Partial<RunReport> = {},
    args: readonly string[] = [],
  ): Promise<Finished & { refs: string; files: string }> {
    await using server = await startGitServer();
    await using workspace = await createWorkspace();
    const git = (...more: readonly string[]) => promisify(execFile)('git', more, { cwd: workspace.path });
    await git('init', '--quiet');
    await git('remote', 'add', 'origin', server.repository);
    await git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'x');
    for (const [number, head] of Object.entries(pulls)) {
      await (head === 'same'
        ? git('push', '--quiet', 'origin', `HEAD:refs/pull/${number}/head`)
        : server.commit(`refs/pull/${number}/head`, { readme: number }));
    }
    await putResults(workspace, {}, { baselineKind: 'ref', ...run });
    const finished = await accept(workspace, ['--baseline', 'ref', ...args]);
    const refs = await server.git('for-each-ref', '--format=%(refname)', 'refs/visual-capture');
    return { ...finished, refs, files: refs === '' ? '' : await server.git('ls-tree', '-r', '--name-only', refs) };
  }

  it.each<[string, Parameters<typeof acceptInRef>]>([
    ['that the results name', [{}, { pullRequests: [7] }]],
    ['that the flag names', [{}, {}, ['--pull-request', '7']]],
    ['that the flag names, of several', [{}, { pullRequests: [6, 7] }, ['--pull-request', '7']]],
    ['whose newest commit is the one here', [{ 6: 'other', 7: 'same' }]],
  ])('keeps what was accepted for the pull request %s', async (_, question) => {
    const { exitCode, stderr, refs, files } = await acceptInRef(...question);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('1 capture accepted in refs/visual-capture/acceptances/7')]);
    expect([refs, files]).toEqual([acceptancesRef(7), expect.stringMatching(/^pricing\/1280x800\/1-\w{64}\.png$/)]);
  });

  it.each<[string, Parameters<typeof acceptInRef>, string]>([
    ['no pull request', [{ 6: 'other' }], 'No pull request of the git remote "origin" has'],
    ['a reviewed commit that is no pull request’s', [{ 7: 'same' }, { commit: 'b'.repeat(40) }], `has ${'b'.repeat(40)} as its`],
    ['several at this commit', [{ 7: 'same', 8: 'same' }], 'Several pull requests have'],
    ['several that the results name', [{}, { pullRequests: [7, 8] }], 'Say which one is meant: --pull-request 7'],
    [
      'another than the results name',
      [{}, { pullRequests: [8] }, ['--pull-request', '7']],
      'belongs to pull request 8, not to 7',
    ],
    ['no number', [{}, {}, ['--pull-request', 'x']], 'must be the number of a pull request'],
  ])('says what to do about %s', async (_, question, message) => {
    const { exitCode, stderr, refs } = await acceptInRef(...question);
    expect([exitCode, refs]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('refuses what was compared with baselines that the commit does not contain', async () => {
    const baselines = { branch: 'main', relation: 'unrelated', behind: 0 } as const;
    const { exitCode, stderr, refs } = await acceptInRef({}, { pullRequests: [7], baselines });
    expect([exitCode, refs, stderr]).toEqual([1, '', expect.stringContaining('with baselines of main that the pull request')]);
  });
});

describe('visual-capture accept --run', () => {
  /** Accepts run 42 of octo/site in a checkout of a commit, which is the reviewed one unless told otherwise. */
  async function acceptRun(
    reviewed?: string,
    args: readonly string[] = [],
  ): Promise<Finished & { baseline: Buffer | undefined }> {
    await using workspace = await createWorkspace();
    const run = promisify(execFile);
    await run('git', ['init', '--quiet'], { cwd: workspace.path });
    await run('git', ['remote', 'add', 'origin', 'git@github.com:octo/site.git'], { cwd: workspace.path });
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    await run('git', [...identity, 'commit', '--quiet', '--allow-empty', '-m', 'x'], { cwd: workspace.path });
    const head = (await run('git', ['rev-parse', 'HEAD'], { cwd: workspace.path })).stdout.trim();
    const zip = uploadedResults(reviewed ?? head);
    await using artifacts = await startArtifactServer();
    const { id } = artifacts.put('visual-capture', zip);
    const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
    await using github = await startGithubServer({
      operations: {
        'actions/get-workflow-run': () => ({
          status: 200,
          body: { ...(exampleOf('actions/get-workflow-run', 200) as object), head_sha: head },
        }),
        'actions/list-workflow-run-artifacts': () => ({
          status: 200,
          body: { total_count: 1, artifacts: [{ ...artifact, id: 11, name: 'visual-capture', expired: false }] },
        }),
        'actions/download-artifact': () => ({ status: 302, headers: { location: artifacts.signedUrl(id) } }),
      },
    });
    const env = { GITHUB_API_URL: github.apiUrl, GITHUB_TOKEN: 'ghs_test' };
    const finished = await accept(workspace, args.length === 0 ? ['--run', '42'] : args, env);
    expect(github.wrong).toEqual([]);
    expect(finished.stdout + finished.stderr).not.toContain('ghs_test');
    return { ...finished, baseline: await readFile(join(workspace.path, baselineFile)).catch(() => undefined) };
  }

  it('takes the reviewed bytes of a workflow run', async () => {
    const { exitCode, stderr, baseline } = await acceptRun();
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('1 taken as baselines. Commit them.')]);
    expect(baseline).toEqual(Buffer.from(red));
  });

  it('refuses the run of another commit than the one that is checked out', async () => {
    const { exitCode, stderr, baseline } = await acceptRun('b'.repeat(40));
    expect([exitCode, stderr, baseline]).toEqual([1, expect.stringContaining(`The run looked at ${'b'.repeat(40)}`), undefined]);
  });

  it('says everything that is wrong with the question at once', async () => {
    await using workspace = await createWorkspace();
    const { exitCode, stderr } = await accept(workspace, ['--run', 'x', '--repository', 'site']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--run must be the number[\s\S]*--repository must be OWNER\/NAME[\s\S]*Set GITHUB_TOKEN/);
  });
});
