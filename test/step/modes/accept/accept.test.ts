import { describe, expect, it } from 'vitest';
import { acceptancesRef } from '../../../../src/baseline/acceptances/ref.ts';
import { environment } from '../../../baseline/support.ts';
import { exampleEvent } from '../../../helpers/events.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { addedCapture, changedCapture, grey, red, uploadedFiles, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { makeZip } from '../../../helpers/zip.ts';
import { makeReport } from '../../../report/support/reports.ts';
import { ask, baselineFile, checkRun, commentEvent, type Question, reportComment, sharedResults } from './support.ts';

const token = 'ghs_test';
const branch = 'refs/heads/feature';

describe('mode: accept with baseline: directory', () => {
  it('commits the reviewed bytes to the branch of the pull request', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {});
    expect([answered.exitCode, answered.wrong]).toEqual([0, []]);
    expect(answered.reactions).toEqual(['+1']);
    expect(answered.replies).toEqual([]);
    expect(await git.git('rev-parse', `${branch}^`)).toBe(answered.head);
    expect(await git.git('diff', '--name-only', answered.head, branch)).toBe(baselineFile);
    expect(await git.git('cat-file', '-s', `${branch}:${baselineFile}`)).toBe(String(red.length));
    expect(await git.git('log', '-1', '--format=%B', branch)).toMatch(
      /^Accept 1 baseline of #7\n\nReviewed in https:\/\/.*, accepted by reviewer in https:/,
    );
    expect(answered.stdout).toContain('1 capture accepted for reviewer');
  });

  it('keeps with the picture how it was taken, and how long that took without waiting', async () => {
    await using git = await startGitServer({ token });
    const timeline = [
      { kind: 'request', startMs: 0, durationMs: 310, result: 'engine_busy' },
      { kind: 'wait', startMs: 310, durationMs: 5000, reason: 'engine_busy' },
      { kind: 'request', startMs: 5310, durationMs: 2120, result: 'image' },
    ] as const;
    const answered = await ask(git, {
      zip: (commit) => uploadedResults(commit, [changedCapture('pricing', { environment, timeline, durationMs: 7430 })]),
    });
    expect(answered.exitCode).toBe(0);
    const manifest = JSON.parse(await git.git('show', `${branch}:visual-baselines/manifest.json`));
    expect(manifest.captures).toEqual({ 'pricing/1280x800': { sha256: expect.any(String), environment, durationMs: 2200 } });
  });

  it('takes only the captures that were named', async () => {
    await using git = await startGitServer({ token });
    const two = (commit: string): Buffer => uploadedResults(commit, [changedCapture('pricing'), addedCapture('docs/a b')]);
    const answered = await ask(git, { body: 'Looks right.\n/visual accept "docs/a b/1280x800"\nthanks', zip: two });
    expect(answered.exitCode).toBe(0);
    expect(await git.git('diff', '--name-only', answered.head, branch)).toBe('visual-baselines/docs/a b/1280x800.png');
  });

  it('takes the captures whose every change is in the named group, and says what is left over', async () => {
    await using git = await startGitServer({ token });
    const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`visual-baselines/${name}/1280x800.png`, grey]));
    const answered = await ask(git, { body: '/visual accept g1', zip: sharedResults, files });
    expect([answered.exitCode, answered.reactions]).toEqual([0, ['+1']]);
    expect((await git.git('diff', '--name-only', answered.head, branch)).split('\n')).toEqual([
      'visual-baselines/a/1280x800.png',
      'visual-baselines/b/1280x800.png',
    ]);
    expect(answered.replies.join()).toContain('c/1280x800');
    expect(answered.replies.join()).toContain('1 region in no group');
  });

  it('takes no group on the word of a fork’s run, with baseline: ref', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {
      body: '/visual accept g1',
      zip: sharedResults,
      headRepository: 'stranger/site',
      config: 'baseline: ref',
    });
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.replies.join()).toMatch(/comes from a fork/);
  });

  it('serves a manual run, which has no comment to answer', async () => {
    await using git = await startGitServer({ token });
    const change = { inputs: { 'pull-request': '7', captures: 'pricing/1280x800' }, sender: { login: 'reviewer' } };
    const answered = await ask(git, { event: ['workflow_dispatch', exampleEvent('workflow_dispatch', { change })] });
    expect([answered.exitCode, answered.reactions, answered.replies]).toEqual([0, [], []]);
    expect(await git.git('rev-parse', `${branch}^`)).toBe(answered.head);
  });

  it.each(['refs/heads/x', `q"u'o#t%e&$HOME`, 'ünï/日本', 'a.lock.b', 'no\u00a0break'])(
    'commits to a branch that is called %s',
    async (headBranch) => {
      await using git = await startGitServer({ token });
      const answered = await ask(git, { headBranch });
      expect([answered.exitCode, answered.annotations]).toEqual([0, []]);
      expect(await git.git('rev-parse', `refs/heads/${headBranch}^`)).toBe(answered.head);
    },
  );

  it.each(['nice work', 'please do not /visual accept this', '/visual acceptance', '> quoted\n/visual accept'])(
    'has no ear for %j',
    async (body) => {
      await using git = await startGitServer({ token });
      const answered = await ask(git, { body });
      expect([answered.exitCode, answered.asked]).toEqual([0, []]);
    },
  );

  const swapped = (commit: string): Buffer => {
    const [results, ...pictures] = uploadedFiles(
      makeReport([changedCapture('pricing')], { run: { ci: { url: 'https://github.com/octo/site/actions/runs/1', commit } } }),
    );
    return makeZip([results!, ...pictures.map((file) => ({ ...file, content: grey }))]);
  };
  const late = '2026-03-02T12:00:01Z';
  it.each<[string, Question, string]>([
    ['an id that did not change', { body: '/visual accept pricng/1280x800' }, 'Did you mean "pricing/1280x800"?'],
    ['a closed pull request', { state: 'closed' }, 'Pull request 7 is closed'],
    ['a fork’s branch', { headRepository: 'stranger/site' }, 'comes from a fork'],
    [
      'results that nobody can have reviewed',
      { artifacts: [{ name: 'visual-capture', zip: uploadedResults, createdAt: late }] },
      'younger than the request',
    ],
    ['no results', { artifacts: [] }, 'has an artifact "visual-capture"'],
    ['results of another commit', { zip: () => uploadedResults('b'.repeat(40)) }, 'is about another commit'],
    ['a run without changes', { zip: (commit) => uploadedResults(commit, []) }, 'Nothing changed or was added'],
    ['pictures that were swapped', { zip: swapped }, 'the hash of'],
    ['a branch that moved', { meanwhile: (git) => git.commit(branch, { 'README.md': 'new' }) }, 'has a newer commit'],
    ['a source without baselines', { config: 'baseline: none' }, 'With baseline: none'],
    ['a check with another source', { config: 'baseline: ref' }, 'Set baseline: directory for both'],
    [
      'a check that compared with a deployment',
      { zip: (commit) => uploadedResults(commit, [changedCapture('pricing')], { baselineKind: 'url' }) },
      'compared with another deployment',
    ],
  ])('refuses %s, writes nothing and says why', async (_, question, message) => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, question);
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.annotations[0]?.message).toContain(message);
    expect(answered.replies).toHaveLength(1);
    expect(answered.replies[0]).toMatch(/^Not accepted: /);
    expect(answered.replies[0]).not.toContain('\n');
    expect(await git.git('log', '--format=%s', branch)).not.toContain('Accept');
    expect(answered.wrong).toEqual([]);
  });

  it('says why the server refuses, in the server’s words', async () => {
    const preReceive = 'echo "error: GH006: Protected branch update failed for refs/heads/feature." >&2; exit 1';
    await using git = await startGitServer({ token, preReceive });
    const answered = await ask(git, {});
    expect(answered.exitCode).toBe(1);
    expect(answered.annotations[0]?.message).toContain('The branch feature refused the commit');
    expect(answered.replies[0]).toContain('GH006: Protected branch update failed');
  });
});

describe('who may accept', () => {
  it('answers nobody who may not write, but with a reaction', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { permission: 'read' });
    expect([answered.exitCode, answered.reactions, answered.replies]).toEqual([1, ['-1'], []]);
    expect(answered.annotations[0]?.message).toContain('reviewer may not accept');
    expect(answered.asked).not.toContain('pulls/get');
    expect(await git.git('rev-parse', branch)).toBe(answered.head);
  });

  it('answers a bot, of which GitHub knows no permission, in the same way', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {
      permission: () => undefined,
      event: ['issue_comment', commentEvent('/visual accept', 'renovate[bot]')],
    });
    expect([answered.exitCode, answered.reactions, answered.replies]).toEqual([1, ['-1'], []]);
    expect(answered.annotations[0]?.message).toContain('renovate[bot] may not accept: GitHub knows no permission');
    expect(await git.git('rev-parse', branch)).toBe(answered.head);
  });

  it('serves a manual run of a bot, which could not be started without write access', async () => {
    await using git = await startGitServer({ token });
    const change = { inputs: { 'pull-request': '7' }, sender: { login: 'deployer[bot]' } };
    const answered = await ask(git, {
      permission: () => undefined,
      event: ['workflow_dispatch', exampleEvent('workflow_dispatch', { change })],
    });
    expect([answered.exitCode, answered.annotations]).toEqual([0, []]);
    expect(await git.git('rev-parse', `${branch}^`)).toBe(answered.head);
  });
});

describe('which run was reviewed', () => {
  const accepted = [0, ['+1'], []];

  it('is the one that the comment shows, among however many of the commit', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { comments: [reportComment(checkRun)], otherRuns: 100 });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual(accepted);
    expect(answered.asked.filter((operation) => operation === 'actions/list-workflow-run-artifacts')).toHaveLength(1);
  });

  const dispatched = 77;
  it.each(['repository_dispatch', 'workflow_run', 'issue_comment', 'workflow_dispatch', 'pull_request_target'])(
    'is found for a check that %s started, which GitHub knows by the default branch’s commit',
    async (event) => {
      await using git = await startGitServer({ token });
      const answered = await ask(git, {
        comments: [reportComment(dispatched)],
        runs: [{ id: dispatched, event, commit: 'd'.repeat(40) }],
        artifacts: [{ name: 'visual-capture', runId: dispatched, zip: uploadedResults }],
      });
      expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual(accepted);
    },
  );

  it.each(['our-app[bot]', 'maintainer'])('is the one that a comment of %s shows', async (login) => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {
      comments: [reportComment(dispatched, { login })],
      permission: (who) => (who.endsWith('[bot]') ? undefined : 'write'),
      runs: [{ id: dispatched }],
      artifacts: [{ name: 'visual-capture', zip: uploadedResults }],
    });
    // The comment shows another run than the one of the newest commit that has the artifact.
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.replies[0]).toContain('The run that the comment on the pull request shows');
  });

  it('is not what somebody says who may not write', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {
      comments: [reportComment(checkRun + 1, { login: 'stranger' }), reportComment(checkRun)],
      permission: (login) => (login === 'stranger' ? 'read' : 'write'),
    });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual(accepted);
  });

  it.each<[string, Question, string]>([
    [
      'of another commit, by its results',
      {
        runs: [{ id: dispatched, event: 'deployment_status' }],
        artifacts: [{ name: 'visual-capture', runId: dispatched, zip: () => uploadedResults('b'.repeat(40)) }],
      },
      'does not show the results of',
    ],
    [
      'of another commit, as GitHub knows it, whatever its results say',
      {
        runs: [{ id: dispatched, commit: 'b'.repeat(40) }],
        artifacts: [{ name: 'visual-capture', runId: dispatched, zip: uploadedResults }],
      },
      'does not show the results of',
    ],
    ['that is gone', { runs: [] }, `shows (${dispatched}) is gone`],
  ])('is refused when the comment shows one %s', async (_, question, message) => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { comments: [reportComment(dispatched)], ...question });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([1, ['confused'], []]);
    expect(answered.replies[0]).toContain(message);
    expect(await git.git('rev-parse', branch)).toBe(answered.head);
  });
});

describe('mode: accept with baseline: ref', () => {
  const main = 'refs/visual-capture/baselines/main';
  const zip = (commit: string): Buffer => uploadedResults(commit, [changedCapture('pricing')], { baselineKind: 'ref' });

  it('keeps the accepted picture for its pull request', async () => {
    await using git = await startGitServer({ token });
    const baselines = await git.commit(main, { 'pricing/1280x800.png': grey });
    const answered = await ask(git, { config: 'baseline: ref', headRepository: 'stranger/site', zip });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([0, ['+1'], []]);
    const files = await git.git('ls-tree', '-r', '--name-only', acceptancesRef(7));
    expect(files).toMatch(/^pricing\/1280x800\/1-[0-9a-f]{64}\.png$/);
    expect(await git.git('rev-parse', main)).toBe(baselines);
    expect(await git.git('rev-parse', branch)).toBe(answered.head);
  });

  it('obeys baseline-ref', async () => {
    await using git = await startGitServer({ token });
    await git.commit(main, { 'pricing/1280x800.png': red });
    await git.commit('refs/heads/shots', { 'pricing/1280x800.png': grey });
    const answered = await ask(git, { config: 'baseline: ref\nbaseline-ref: shots', zip });
    expect([answered.exitCode, answered.annotations]).toEqual([0, []]);
  });
});
