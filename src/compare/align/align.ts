import { listedShifts, type Shift } from '../../results/model.ts';
import type { Alignment, ComparePair } from '../comparer.ts';
import type { DecodedPicture } from '../decode.ts';
import { Mask } from '../mask.ts';
import { RegionFinder } from '../regions.ts';
import { tryDecode, wordsOf } from '../try-decode.ts';
import { differingPixels } from './differing-pixels.ts';
import { AlignedPicture } from './draw-aligned.ts';
import { findChanges } from './find-changes.ts';
import { hashRows } from './hash-rows.ts';
import { matchRows, type RowRun } from './match-rows.ts';
import { type Band, pairRows } from './pair-rows.ts';

/** A page has moved when that leaves at most this share of the differences: otherwise it says nothing. */
const explainedShare = 0.5;
/** Both pictures are held whole, 4 bytes a pixel: 20 million are a page of 1280 × 15,600. */
const largestPx = 20_000_000;
/** Of the rows with something to see in them, at least this share must be found again: otherwise it is another page. */
const foundShare = 0.5;

/**
 * Whether the page moved, or grew at its end: rows of both pictures are matched as a line diff does. Undefined when
 * that explains less than half of the `strictDiffPixels`, or the widths differ.
 */
export async function alignPair(
  { baseline, actual, scale, settings }: ComparePair,
  strictDiffPixels: number,
  pixelsPerCssPixel: number,
): Promise<Alignment | undefined> {
  const a = tryDecode(baseline, largestPx);
  const b = a === undefined ? undefined : tryDecode(actual, largestPx);
  if (a === undefined || b === undefined || a.width !== b.width) {
    return undefined;
  }
  for (const picture of [a, b]) {
    blankOut(picture, new Mask(settings.mask, scale, picture));
  }
  const hashes = [hashRows(a), hashRows(b)] as const;
  const runs = matchRows(...hashes);
  if (!areEqual(runs, a, b)) {
    return undefined;
  }
  const shifts = shiftsOf(runs, hashes[0]);
  // A window of one height is cut off wherever it ends, so its end says nothing.
  const endPx = a.height === b.height ? 0 : b.height - a.height - (shifts.at(-1)?.byPx ?? 0);
  if ((shifts.length === 0 && endPx === 0) || !isSamePage(runs, hashes[0])) {
    return undefined;
  }

  const bands = pairRows(runs, a.height, b.height, differingWords(a, b));
  const { diffPixels, blocks, picture } = compareBands(bands, a, b, settings);
  if (diffPixels > strictDiffPixels * explainedShare) {
    return undefined;
  }
  const drift = { kind: 'moved', shifts: shifts.slice(0, listedShifts), shiftCount: shifts.length, endPx, blocks } as const;
  return { drift, diffPixels, picture: await picture.encode(), ...findChanges(runs, a, b, settings, pixelsPerCssPixel) };
}

/** Rows are matched by their hashes, and what counts as equal is shown to nobody. */
function areEqual(runs: readonly RowRun[], a: DecodedPicture, b: DecodedPicture): boolean {
  const countDiffering = differingWords(a, b);
  return runs.every(({ baselineTop, actualTop, rows }) => countDiffering(baselineTop, actualTop, rows) === 0);
}

/** Lays the bands below each other and compares those that are paired. */
function compareBands(
  bands: readonly Band[],
  a: DecodedPicture,
  b: DecodedPicture,
  settings: ComparePair['settings'],
): { readonly diffPixels: number; readonly blocks: number; readonly picture: AlignedPicture } {
  const rows = bands.reduce((sum, band) => sum + band.rows, 0);
  const picture = new AlignedPicture(a.width, rows);
  const regions = new RegionFinder(a.width);
  let diffPixels = 0;
  for (const band of bands) {
    const top = picture.addBand(band, a, b);
    if (band.kind !== 'paired') {
      continue;
    }
    const different = differingPixels(band, a, b, settings);
    for (let at = 0; at < different.length; at++) {
      if (different[at] === 0) {
        continue;
      }
      const [x, y] = [at % a.width, top + Math.floor(at / a.width)];
      picture.mark(x, y);
      regions.addRun(y, x, x + 1);
      diffPixels += 1;
    }
  }
  return { diffPixels, blocks: regions.regions().length, picture };
}

/** What is masked is the same in both. */
function blankOut({ width, height, pixels }: DecodedPicture, mask: Mask): void {
  for (let y = 0; y < height; y++) {
    for (const { start, end } of mask.spansAt(y)) {
      pixels.fill(0, (y * width + start) * 4, (y * width + end) * 4);
    }
  }
}

/** Whether most of the baseline's rows are found again; those of the background say nothing. */
function isSamePage(runs: readonly RowRun[], hashes: Uint32Array): boolean {
  const counts = new Map<number, number>();
  for (const hash of hashes) {
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  const background = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
  const inked = (rows: Uint32Array): number => rows.reduce((sum, hash) => sum + (hash === background ? 0 : 1), 0);
  const found = runs.reduce((sum, { baselineTop, rows }) => sum + inked(hashes.subarray(baselineTop, baselineTop + rows)), 0);
  return found >= inked(hashes) * foundShare;
}

/** Where runs with something to see in them begin to lie at another offset. */
function shiftsOf(runs: readonly RowRun[], hashes: Uint32Array): Shift[] {
  const shifts: Shift[] = [];
  for (const { baselineTop, actualTop, rows } of runs) {
    const byPx = actualTop - baselineTop;
    const isPlain = hashes.subarray(baselineTop, baselineTop + rows).every((hash) => hash === hashes[baselineTop]);
    if (isPlain || byPx === (shifts.at(-1)?.byPx ?? 0)) {
      continue;
    }
    const nothingAbove = hashes.subarray(0, baselineTop).every((hash) => hash === hashes[0]);
    shifts.push({ y: nothingAbove ? 0 : baselineTop, byPx });
  }
  return shifts;
}

function differingWords(a: DecodedPicture, b: DecodedPicture) {
  const [one, two] = [wordsOf(a.pixels), wordsOf(b.pixels)];
  return (baselineTop: number, actualTop: number, rows: number): number => {
    const [from, to] = [baselineTop * a.width, actualTop * a.width];
    let count = 0;
    for (let at = 0; at < rows * a.width; at++) {
      if (one[from + at] !== two[to + at]) {
        count += 1;
      }
    }
    return count;
  };
}
