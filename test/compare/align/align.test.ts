import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/basics/geometry.ts';
import { alignPair } from '../../../src/compare/align/align.ts';
import { comparePair } from '../../../src/compare/compare-pair.ts';
import type { Alignment } from '../../../src/compare/comparer.ts';
import { tryDecode } from '../../../src/compare/try-decode.ts';
import { describeFindings } from '../../../src/report/describe-findings.ts';
import { type Block, drawPng } from '../../helpers/draw-png.ts';
import { makeComparison } from '../../report/support/reports.ts';

/** Lines of text as a page has them: each one of its own. */
const lines = Array.from(
  { length: 12 },
  (_, n): Block => ({ x: 10, y: 10 + n * 20, width: 60 + ((n * 37) % 90), height: 9, colour: [n * 9, n * 5, 40] }),
);
const below = (y: number, by: number): Block[] => lines.map((line) => (line.y >= y ? { ...line, y: line.y + by } : line));
const page = (blocks: readonly Block[], height = 260): Uint8Array => drawPng(200, height, blocks);

async function align(baseline: Uint8Array, actual: Uint8Array, mask: readonly Rect[] = []): Promise<Alignment | undefined> {
  const pair = { baseline, actual, scale: 1, settings: { threshold: 0.1, includeAntiAliasing: false, mask } };
  const strict = await comparePair({ ...pair, baseline: baseline.slice(), actual: actual.slice() });
  return alignPair(pair, strict.kind === 'compared' ? strict.comparison.diffPixels : 0, 1);
}

const wordsOf = (told: Alignment | undefined): string | undefined =>
  told === undefined ? undefined : describeFindings(makeComparison({ findings: [told.drift] }));

describe('a page that moved', () => {
  it.each([
    ['down', page(below(100, 3), 263), 'The page below y=110 moved down by 3 px; nothing else differs.'],
    ['up', page(below(100, -4), 256), 'The page below y=110 moved up by 4 px; nothing else differs.'],
    ['within the same height', page(below(100, 3)), 'The page below y=110 moved down by 3 px; nothing else differs.'],
    ['as a whole', page(below(0, 2), 262), 'The whole page moved down by 2 px; nothing else differs.'],
    ['and is longer', page(lines, 261), 'The page is 1 px longer at its end; nothing else differs.'],
    [
      'at two places',
      page(
        below(60, 3).map((line) => (line.y > 150 ? { ...line, y: line.y + 5 } : line)),
        268,
      ),
      'The page below y=70 moved down by 3 px, the page below y=139 moved down by 8 px; nothing else differs.',
    ],
  ])('%s', async (_, actual, words) => {
    expect(wordsOf(await align(page(lines), actual))).toContain(words);
  });

  it('is told apart from what changed besides', async () => {
    const moved = below(100, 3).map((line, n): Block => (n === 8 ? { ...line, colour: [250, 0, 0] } : line));
    const told = await align(page(lines), page(moved, 263));
    expect(wordsOf(told)).toBe('The page below y=110 moved down by 3 px; 1 block differs besides.');
    expect(told?.diffPixels).toBe(lines[8]!.width * 9);
    expect(tryDecode(told!.picture)).toMatchObject({ width: 200, height: 263 });
  });

  it('is drawn with what was inserted in green and what differs in red', async () => {
    const told = await align(page(lines), page(below(100, 3), 263));
    const { pixels } = tryDecode(told!.picture)!;
    const colours = new Set(Array.from({ length: pixels.length / 4 }, (_, at) => pixels.subarray(at * 4, at * 4 + 3).join()));
    expect(colours).toContain('196,240,200');
    expect(colours).not.toContain('230,0,0');
  });

  it('is not seen in a change, in another page, or at another width', async () => {
    expect(
      await align(page(lines), page([...lines, { x: 120, y: 50, width: 60, height: 60, colour: [0, 0, 0] }])),
    ).toBeUndefined();
    expect(await align(page(lines), page([{ x: 0, y: 0, width: 150, height: 200, colour: [9, 9, 9] }], 210))).toBeUndefined();
    expect(await align(page(lines), drawPng(201, 260, lines))).toBeUndefined();
  });

  it('does not trip over what is masked', async () => {
    const clock = (colour: Block['colour']): Block => ({ x: 150, y: 10, width: 40, height: 12, colour });
    const told = await align(page([...lines, clock([200, 0, 0])]), page([...below(100, 3), clock([0, 200, 0])], 263), [
      { x: 150, y: 10, width: 40, height: 12 },
    ]);
    expect(wordsOf(told)).toBe('The page below y=110 moved down by 3 px; nothing else differs.');
  });
});
