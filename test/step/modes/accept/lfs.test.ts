import { expect, it } from 'vitest';
import { describeObject, renderPointer } from '../../../../src/git/lfs/pointer.ts';
import { environment } from '../../../baseline/support.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { startLfsServer } from '../../../helpers/lfs-server.ts';
import { changedCapture, grey, red, uploadedResults } from '../../../helpers/uploaded-results.ts';
import { ask, baselineFile } from './support.ts';

const token = 'ghs_test';
const branch = 'refs/heads/feature';
const pointerTo = (bytes: Uint8Array): string => renderPointer(describeObject(bytes));
const manifestFile = 'visual-baselines/manifest.json';
/** A branch that keeps all baselines in Git LFS. */
const files = { '.gitattributes': 'visual-baselines/** filter=lfs diff=lfs merge=lfs -text\n', [baselineFile]: pointerTo(grey) };

it('commits pointers and uploads the pictures where the branch keeps them in Git LFS', async () => {
  await using lfs = await startLfsServer();
  const manifest = Buffer.from(
    JSON.stringify({ version: 1, captures: { 'other/1280x800': { sha256: 'a'.repeat(64), environment } } }),
  );
  lfs.objects.set(describeObject(manifest).sha256, manifest);
  await using git = await startGitServer({ token, lfs });
  const answered = await ask(git, {
    files: { ...files, [manifestFile]: pointerTo(manifest) },
    zip: (commit) => uploadedResults(commit, [changedCapture('pricing', { environment })]),
  });
  expect([answered.exitCode, answered.reactions, answered.annotations]).toEqual([0, ['+1'], []]);
  expect(`${await git.git('show', `${branch}:${baselineFile}`)}\n`).toBe(pointerTo(red));
  expect(lfs.objects.get(describeObject(red).sha256)).toEqual(Buffer.from(red));
  const oid = /sha256:([0-9a-f]{64})/.exec(await git.git('show', `${branch}:${manifestFile}`))?.[1] ?? '';
  expect(Object.keys(JSON.parse(lfs.objects.get(oid)!.toString()).captures)).toEqual(['other/1280x800', 'pricing/1280x800']);
});

it.each<[string, Record<string, string>]>([
  ['a server without Git LFS', {}],
  ['another server for it', { '.lfsconfig': '[lfs]\n\turl = https://lfs.example.com/octo\n' }],
])('refuses %s before anything is pushed, with the way to do it by hand', async (_, more) => {
  await using git = await startGitServer({ token });
  const answered = await ask(git, { files: { ...files, ...more } });
  expect([answered.exitCode, answered.reactions]).toEqual([1, ['confused']]);
  expect(answered.replies[0]).toMatch(/^Not accepted: The pictures could not be given to Git LFS: /);
  expect(answered.replies[0]).toMatch(/check out feature, run visual-capture accept .*run 30433642, then git add visual/);
  expect(await git.git('rev-parse', branch)).toBe(answered.head);
});
