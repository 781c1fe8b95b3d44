import { describe, expect, it } from 'vitest';
import { acceptancesRef } from '../../../../src/baseline/acceptances/ref.ts';
import type { RunReport } from '../../../../src/results/model.ts';
import { type GitServer, startGitServer } from '../../../helpers/git-server.ts';
import { solidPng } from '../../../helpers/solid-png.ts';
import { addedCapture, changedCapture, grey, red, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { type Answered, ask, baselineFile, type Question } from './support.ts';

const token = 'ghs_test';
const blue = solidPng(80, 60, [0, 0, 200]);
const merge = 'c'.repeat(40);
const main = 'refs/visual-capture/baselines/main';

const zip =
  (run: Partial<RunReport>) =>
  (commit: string): Buffer =>
    uploadedResults(commit, [changedCapture('pricing')], run);

async function expectRefused(git: GitServer, answered: Answered, ...messages: readonly string[]): Promise<void> {
  expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([1, ['confused'], []]);
  for (const message of messages) {
    expect(answered.replies[0]).toContain(message);
  }
  expect(await git.git('rev-parse', 'refs/heads/feature')).toBe(answered.head);
  expect(await git.git('for-each-ref', '--format=%(refname)', 'refs/visual-capture/acceptances')).toBe('');
}

describe('with baseline: directory', () => {
  it('pictures that were compared with main’s newer baselines are refused, with the way to go on', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { files: { [baselineFile]: blue }, zip: zip({ checkout: { commit: merge } }) });
    await expectRefused(
      git,
      answered,
      `The check compared pricing/1280x800 with other baselines than visual-baselines has at ${answered.head.slice(0, 7)}: main has moved`,
      'Merge main into feature, let the check run again, look at it, and accept then.',
    );
  });

  it('what equals the baselines of its newest commit is fine, whatever was checked out', async () => {
    await using git = await startGitServer({ token });
    const merged = await git.commit('refs/pull/7/merge', { [baselineFile]: blue });
    expect((await ask(git, { zip: zip({ commit: merged, checkout: { commit: merge } }) })).reactions).toEqual(['+1']);
  });

  it('a preview of the merge commit is compared with that one’s baselines', async () => {
    await using git = await startGitServer({ token });
    const merged = await git.commit('refs/pull/7/merge', { [baselineFile]: grey });
    const answered = await ask(git, { files: { [baselineFile]: blue }, zip: zip({ commit: merged }) });
    expect([answered.reactions, answered.annotations]).toEqual([['+1'], []]);
    await using other = await startGitServer({ token });
    const moved = await other.commit('refs/pull/7/merge', { [baselineFile]: blue });
    await expectRefused(other, await ask(other, { zip: zip({ commit: moved }) }), `has at ${moved.slice(0, 7)}`);
  });

  it('a captured commit that nobody has any more is told', async () => {
    await using git = await startGitServer({ token });
    await expectRefused(
      git,
      await ask(git, { zip: zip({ commit: merge }) }),
      `The commit that was captured, ${merge}, is not in`,
    );
  });

  it('a page that counted as new must have no baseline, and many are counted', async () => {
    await using git = await startGitServer({ token });
    const added = ['a', 'b', 'c', 'd', 'e'].map(addedCapture);
    const files = Object.fromEntries(added.map(({ id }) => [`visual-baselines/${id}.png`, grey]));
    const question: Question = { zip: (commit) => uploadedResults(commit, added) };
    const refused = await ask(git, { ...question, files });
    await expectRefused(git, refused, 'a/1280x800, b/1280x800, c/1280x800 and 2 more captures');
    await using other = await startGitServer({ token });
    expect((await ask(other, question)).reactions).toEqual(['+1']);
  });
});

describe('with baseline: ref', () => {
  const question = (run: Partial<RunReport> = {}): Question => ({
    config: 'baseline: ref',
    zip: zip({ baselineKind: 'ref', ...run }),
  });

  it('pictures that were compared with older baselines are refused', async () => {
    await using git = await startGitServer({ token });
    await git.commit(main, { 'pricing/1280x800.png': red });
    await expectRefused(git, await ask(git, question()), `with other baselines than ${main} has for`);
  });

  it('so is all that was compared with baselines that the pull request does not contain, but for what is new', async () => {
    await using git = await startGitServer({ token });
    await git.commit(main, { 'pricing/1280x800.png': grey });
    const baselines = { branch: 'main', relation: 'unrelated', behind: 0 } as const;
    const answered = await ask(git, question({ baselines }));
    await expectRefused(git, answered, 'with baselines of main that the pull request does not contain');

    await using other = await startGitServer({ token });
    await other.commit(main, { 'pricing/1280x800.png': grey });
    const run = { baselineKind: 'ref', baselines } as const;
    const fine = await ask(other, {
      config: 'baseline: ref',
      zip: (commit) => uploadedResults(commit, [addedCapture('new')], run),
    });
    expect([fine.reactions, fine.annotations]).toEqual([['+1'], []]);
    expect(await other.git('ls-tree', '-r', '--name-only', acceptancesRef(7))).toMatch(/^new\/1280x800\//);
  });

  it('a base branch without baselines of its own was compared with the default branch’s', async () => {
    await using git = await startGitServer({ token });
    await git.git('symbolic-ref', 'HEAD', 'refs/heads/trunk');
    await git.commit('refs/heads/trunk', { 'README.md': 'a site' });
    await git.commit('refs/visual-capture/baselines/trunk', { 'pricing/1280x800.png': grey });
    expect((await ask(git, question())).reactions).toEqual(['+1']);
  });
});
