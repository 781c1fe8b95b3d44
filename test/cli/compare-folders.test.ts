import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { cliSource, createWorkspace, runBundle } from '../helpers/bundle.ts';
import { readPagePictures } from '../helpers/page-pictures.ts';
import { grey, red } from '../helpers/uploaded-results.ts';

it('the page of two compared folders shows what is unchanged as thumbnails, and offers nothing to accept', async () => {
  await using workspace = await createWorkspace();
  for (const [path, content] of [
    ['a/same/1280x800.png', grey],
    ['b/same/1280x800.png', grey],
    ['a/other/1280x800.png', grey],
    ['b/other/1280x800.png', red],
  ] as const) {
    await mkdir(dirname(join(workspace.path, path)), { recursive: true });
    await writeFile(join(workspace.path, path), content);
  }
  const args = ['compare', 'a', 'b', '--output', 'out'];
  const { exitCode, stdout } = await runBundle(cliSource, { args, cwd: workspace.path });
  expect([exitCode, stdout]).toEqual([1, expect.not.stringContaining('Accept:')]);
  expect(readPagePictures(await readFile(join(workspace.path, 'out/report.html'), 'utf8'))).toEqual({
    'actual/other/1280x800.png': 'whole',
    'baseline/other/1280x800.png': 'whole',
    'diff/other/1280x800.png': 'whole',
    'actual/same/1280x800.png': 'thumbnail',
  });
});
