import { describe, expect, test } from 'vitest';
import { embedPictures } from '../../../src/report/html/pictures.ts';
import type { CaptureReport } from '../../../src/results/model.ts';
import { imageSource } from '../support/pictures.ts';
import { type CaptureChange, makeCapture, makeComparison, makeReport } from '../support/reports.ts';

const plenty = 1_000_000;

/** A picture of so many bytes, unlike all others. */
function picture(sizeBytes: number): Uint8Array {
  picture.made += 1;
  return Buffer.concat([Buffer.from([0x89, picture.made]), Buffer.alloc(sizeBytes - 2)]);
}
picture.made = 0;

function capture(name: string, change: CaptureChange): CaptureReport {
  return makeCapture(name, { files: { actual: `actual/${name}` }, ...change });
}

test('pictures with the same bytes are in the page once', async () => {
  const bytes = picture(300);
  const report = makeReport([capture('a', { status: 'added' }), capture('b', { status: 'added' })]);
  const { pictures, elements } = await embedPictures(
    report,
    imageSource({ 'actual/a': bytes, 'actual/b': bytes.slice() }),
    plenty,
  );
  expect(elements).toHaveLength(1);
  expect(pictures.map(([path, { element }]) => [path, element])).toEqual([
    ['actual/a', 'picture-0'],
    ['actual/b', 'picture-0'],
  ]);
});

test('unchanged captures are kept as thumbnails, but whole where they differ within bounds', async () => {
  const report = makeReport([
    capture('plain', {}),
    capture('tolerated', { files: { actual: 'actual/tolerated', diff: 'diff/tolerated' } }),
  ]);
  const images = imageSource(
    { 'actual/plain': picture(100), 'actual/tolerated': picture(100), 'diff/tolerated': picture(100) },
    { 'actual/plain': picture(30) },
  );
  const { pictures } = await embedPictures(report, images, plenty);
  expect(pictures.map(([path, { kind }]) => [path, kind])).toEqual([
    ['actual/tolerated', 'whole'],
    ['diff/tolerated', 'whole'],
    ['actual/plain', 'thumbnail'],
  ]);
});

test('takes that differ are kept where there is room after everything else', async () => {
  const takes = ['takes/a/1', 'takes/a/2'];
  const report = makeReport([
    capture('a', { status: 'added', unstable: true, files: { actual: 'actual/a', takes } }),
    capture('b', { status: 'added' }),
  ]);
  const last = picture(750);
  const files = { 'actual/a': last, 'actual/b': picture(750), 'takes/a/1': picture(750), 'takes/a/2': last };
  const { pictures, elements } = await embedPictures(report, imageSource(files), plenty);
  expect(pictures.map(([path]) => path)).toEqual(['actual/a', 'actual/b', ...takes]);
  // The last take is the capture itself.
  expect(elements).toHaveLength(3);
  const tight = await embedPictures(report, imageSource(files), 2400);
  expect([tight.pictures.map(([path]) => path), tight.leftOut]).toEqual([['actual/a', 'actual/b'], takes]);
});

test('a picture that cannot be read is left out and does not end the report', async () => {
  const { pictures, leftOut } = await embedPictures(makeReport([capture('a', { status: 'added' })]), imageSource({}), plenty);
  expect(pictures).toEqual([]);
  expect(leftOut).toEqual([]);
});

describe('what gives way when there is no room', () => {
  const changed = (name: string, diffRatio: number) =>
    capture(name, { status: 'changed', comparison: makeComparison({ diffRatio }) });
  const captures = [
    capture('unchanged', {}),
    capture('captured', { status: 'captured' }),
    { ...capture('removed', { status: 'removed' }), files: { baseline: 'actual/removed' } },
    capture('added', { status: 'added' }),
    changed('small', 0.01),
    changed('large', 0.5),
  ];
  const whole = Object.fromEntries(captures.map(({ name }) => [`actual/${name}`, picture(750)]));

  test.each([
    [1200, ['large']],
    [2400, ['large', 'small']],
    [3600, ['large', 'small', 'added']],
    [4800, ['large', 'small', 'added', 'removed']],
    [6000, ['large', 'small', 'added', 'removed', 'captured']],
  ])('in %d bytes', async (limitBytes, kept) => {
    const { pictures } = await embedPictures(makeReport(captures), imageSource(whole), limitBytes);
    expect(pictures.map(([path]) => path.slice('actual/'.length))).toEqual(kept);
  });

  test('a whole picture without room becomes a thumbnail', async () => {
    const thumbnails = Object.fromEntries(captures.map(({ name }) => [`actual/${name}`, picture(30)]));
    const { pictures, leftOut } = await embedPictures(makeReport(captures), imageSource(whole, thumbnails), 2000);
    expect(pictures.map(([path, { kind }]) => `${path.slice('actual/'.length)} ${kind}`)).toEqual([
      'large whole',
      'small thumbnail',
      'added thumbnail',
      'removed thumbnail',
      'captured thumbnail',
      'unchanged thumbnail',
    ]);
    expect(leftOut).toEqual(['actual/small', 'actual/added', 'actual/removed', 'actual/captured']);
  });
});
