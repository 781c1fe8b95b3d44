import { expect, test } from 'vitest';
import { openScratchRepository } from '../../../src/git/scratch-repository.ts';
import { pushPictures } from '../../../src/publish/comment/picture-ref.ts';
import { makePictures } from '../../../src/publish/comment/pictures.ts';
import { startGitServer } from '../../helpers/git-server.ts';
import { makeCapture, makeComparison, makeReport } from '../../report/support/reports.ts';

const changed = (index: number, diffRatio = index / 100) =>
  makeCapture(`page-${index}`, {
    status: 'changed',
    comparison: makeComparison({ diffRatio }),
    files: { baseline: `baseline/${index}`, actual: `actual/${index}`, diff: `diff/${index}` },
  });
const output = { read: async (path: string) => new TextEncoder().encode(path) };
const picture = (sizeBytes: number) => ({ bytes: new Uint8Array(sizeBytes), size: { width: 3, height: 1 } });

test('the largest changes come first, and not more than a comment can bear', async () => {
  const report = makeReport([makeCapture('same'), ...Array.from({ length: 40 }, (_, index) => changed(index))]);
  const made = await makePictures(report, output, async () => picture(1000));
  expect(made.map(({ id }) => id).slice(0, 3)).toEqual(['page-39/1280x800', 'page-38/1280x800', 'page-37/1280x800']);
  expect(made).toHaveLength(12);
});

test('all of them together are bounded in bytes', async () => {
  const report = makeReport(Array.from({ length: 12 }, (_, index) => changed(index)));
  expect(await makePictures(report, output, async () => picture(900_000))).toHaveLength(4);
});

test('a picture that cannot be made, or whose files are gone, is left out alone', async () => {
  const report = makeReport([changed(1), changed(2), changed(3), { ...changed(4), files: {} }]);
  const made = await makePictures(
    report,
    { read: async (path) => (path === 'diff/2' ? undefined : output.read(path)) },
    async ({ diff }) => (new TextDecoder().decode(diff) === 'diff/3' ? undefined : picture(10)),
  );
  expect(made.map(({ id }) => id)).toEqual(['page-1/1280x800']);
});

const token = 'ghs_test';
/** Nobody waits between two rounds. */
const ports = { clock: { sleep: async () => {} }, random: { next: () => 0 } };
const about = { message: 'Pictures\n', date: new Date('2026-02-03T04:05:06Z') };
const pictures = (text: string) => [
  { id: `${text}/1280x800`, bytes: new TextEncoder().encode(text), size: { width: 1, height: 1 }, shownRegions: 1 },
];

test('jobs of a matrix that push at the same time all keep their pictures', async () => {
  let others = 0;
  await using server = await startGitServer({
    token,
    beforePush: async () => {
      if (others++ < 2) {
        await server.commit('refs/visual-capture/pr/7', { '01.png': `other ${others}` });
      }
    },
  });
  await using scratch = await openScratchRepository({ url: server.url, token });
  const pushed = await pushPictures(scratch, 7, pictures('ours'), about, ports);
  expect(pushed).toMatchObject({ kind: 'pushed', pathById: new Map([['ours/1280x800', '01.png']]) });
  const log = await server.git('log', '--format=%H', 'refs/visual-capture/pr/7');
  const shown = await Promise.all(log.split('\n').map((commit) => server.git('show', `${commit}:01.png`)));
  expect(shown).toEqual(['ours', 'other 2', 'other 1']);
});

test('a server that refuses the ref is told as such, with its reason', async () => {
  await using server = await startGitServer({ token, preReceive: 'echo "refs/visual-capture is reserved" >&2; exit 1' });
  await using scratch = await openScratchRepository({ url: server.url, token });
  const pushed = await pushPictures(scratch, 7, pictures('ours'), about, ports);
  expect(pushed).toEqual({ kind: 'refused', reason: expect.stringContaining('pre-receive hook declined') });
});
