import { describe, expect, it } from 'vitest';
import { acceptancesRef } from '../../../../src/baseline/acceptances/ref.ts';
import { describeObject, renderPointer } from '../../../../src/git/lfs/pointer.ts';
import { environment } from '../../../baseline/support.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { startLfsServer } from '../../../helpers/lfs-server.ts';
import { changedCapture, grey, red, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { ask, baselineFile } from './support.ts';

const token = 'ghs_test';
const branch = 'refs/heads/feature';
const body = '/visual accept --variant pricing';
const second = baselineFile.replace('.png', '~2.png');
const pointerTo = (bytes: Uint8Array): string => renderPointer(describeObject(bytes));

describe('/visual accept --variant with baseline: directory', () => {
  it('commits the picture beside the old one', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, {
      body,
      zip: (commit) => uploadedResults(commit, [changedCapture('pricing', { environment })]),
    });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([0, ['+1'], []]);
    const changed = await git.git('diff', '--name-status', answered.head, branch);
    expect(changed.split('\n')).toEqual(['A\tvisual-baselines/manifest.json', `A\t${second}`]);
    expect(await git.git('cat-file', '-s', `${branch}:${second}`)).toBe(String(red.length));
    const { captures } = JSON.parse(await git.git('show', `${branch}:visual-baselines/manifest.json`));
    expect(captures).toEqual({
      'pricing/1280x800~2': { sha256: describeObject(red).sha256, environment, seen: expect.stringMatching(/^\d{4}-/) },
    });
    expect(answered.stdout).toContain('1 capture accepted beside what was accepted before for reviewer');
  });

  it('gives it to Git LFS where the branch keeps pictures there', async () => {
    await using lfs = await startLfsServer();
    await using git = await startGitServer({ token, lfs });
    const files = { '.gitattributes': '*.png filter=lfs diff=lfs merge=lfs -text\n', [baselineFile]: pointerTo(grey) };
    const answered = await ask(git, { body, files });
    expect([answered.exitCode, answered.reactions, answered.annotations]).toEqual([0, ['+1'], []]);
    expect(`${await git.git('show', `${branch}:${second}`)}\n`).toBe(pointerTo(red));
    expect(`${await git.git('show', `${branch}:${baselineFile}`)}\n`).toBe(pointerTo(grey));
    expect(lfs.objects.get(describeObject(red).sha256)).toEqual(Buffer.from(red));
  });

  it('refuses a sixth picture, and says how to make room', async () => {
    await using git = await startGitServer({ token });
    const more = [2, 3, 4, 5].map((number) => [baselineFile.replace('.png', `~${number}.png`), `picture ${number}`]);
    const answered = await ask(git, { body, files: { [baselineFile]: grey, ...Object.fromEntries(more) } });
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.replies[0]).toContain('has 5 accepted pictures already');
    expect(await git.git('rev-parse', branch)).toBe(answered.head);
  });

  it('without the word takes the place of all of them', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { body: '/visual accept', files: { [baselineFile]: 'another', [second]: grey } });
    expect([answered.exitCode, answered.reactions]).toEqual([0, ['+1']]);
    const changed = await git.git('diff', '--name-status', '--no-renames', answered.head, branch);
    expect(changed.split('\n')).toEqual([`M\t${baselineFile}`, `D\t${second}`]);
  });

  it('is refused when none of the accepted pictures is the one that was compared', async () => {
    await using git = await startGitServer({ token });
    const answered = await ask(git, { body, files: { [baselineFile]: 'one', [second]: 'another' } });
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.replies[0]).toContain('with other baselines than');
  });
});

describe('/visual accept --variant with baseline: ref', () => {
  const zip = (commit: string): Buffer =>
    uploadedResults(commit, [changedCapture('pricing', { environment })], { baselineKind: 'ref' });

  it('keeps the picture for its pull request as one beside others, with how it was taken', async () => {
    await using git = await startGitServer({ token });
    await git.commit('refs/visual-capture/baselines/main', { 'pricing/1280x800.png': grey });
    const answered = await ask(git, { config: 'baseline: ref', body, zip });
    expect([answered.exitCode, answered.reactions, answered.wrong]).toEqual([0, ['+1'], []]);
    const files = (await git.git('ls-tree', '-r', '--name-only', acceptancesRef(7))).split('\n');
    const stem = `pricing/1280x800/1-${describeObject(red).sha256}-variant`;
    expect(files).toEqual([`${stem}.json`, `${stem}.png`]);
    const { captures } = JSON.parse(await git.git('show', `${acceptancesRef(7)}:${stem}.json`));
    expect(captures['pricing/1280x800'].environment).toEqual(environment);
  });

  it('refuses a sixth picture by what the reviewed run was compared with', async () => {
    await using git = await startGitServer({ token });
    await git.commit('refs/visual-capture/baselines/main', { 'pricing/1280x800.png': grey });
    const full = (commit: string): Buffer =>
      uploadedResults(commit, [changedCapture('pricing', { variant: { number: 1, count: 5 } })], { baselineKind: 'ref' });
    const answered = await ask(git, { config: 'baseline: ref', body, zip: full });
    expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
    expect(answered.replies[0]).toContain('has 5 accepted pictures already');
  });
});
