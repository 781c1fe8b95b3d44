import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { clearLeftFolders, makeTemporaryFolder, temporaryRoot } from '../../src/system/temporary-folder.ts';
import { createWorkspace } from '../helpers/bundle.ts';

test('folders lie in the place of the runner, where there is one', () => {
  expect(temporaryRoot({ RUNNER_TEMP: '/runner/temp' })).toBe('/runner/temp');
  expect(temporaryRoot({ RUNNER_TEMP: '', TMPDIR: '/tmp' })).toBe(temporaryRoot({}));
});

test('what killed runs have left is cleared away, and nothing else', async () => {
  await using place = await createWorkspace();
  await using elsewhere = await createWorkspace();
  await using mine = await makeTemporaryFolder('test', elsewhere.path);
  const [, , machine = ''] = basename(mine.path).split('-');
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const make = async (name: string, daysOld = 0): Promise<void> => {
    await mkdir(join(place.path, name));
    await writeFile(join(place.path, name, 'file'), '');
    const date = new Date(Date.now() - daysOld * 24 * 3_600_000);
    await utimes(join(place.path, name), date, date);
  };
  const kept = [
    `visual-capture-${machine}-${process.pid}-git-aaaaaa`,
    // Its process may be alive on a machine that nobody knows of here.
    `visual-capture-00000000-${ended}-git-aaaaaa`,
    'visual-capture-chromium-153.0.0-0',
    'somebody-elses',
  ];
  for (const name of kept) {
    await make(name);
  }
  await make(`visual-capture-${machine}-${ended}-git-aaaaaa`);
  await make(`visual-capture-00000000-${process.pid}-git-aaaaaa`, 2);
  const link = `visual-capture-${machine}-${ended}-git-linked`;
  await symlink(elsewhere.path, join(place.path, link));

  await clearLeftFolders(place.path);

  expect((await readdir(place.path)).toSorted()).toEqual([...kept, link].toSorted());
  expect(await readdir(elsewhere.path)).toEqual([basename(mine.path)]);
});
