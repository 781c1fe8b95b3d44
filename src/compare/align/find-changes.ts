import type { Rect } from '../../basics/geometry.ts';
import type { ChangedRegion, RegionTrace } from '../../results/model.ts';
import type { ComparePair } from '../comparer.ts';
import type { DecodedPicture } from '../decode.ts';
import { RegionFinder } from '../regions.ts';
import type { RegionTracer } from '../trace/region-tracer.ts';
import { finishTraces, tracerOf } from '../trace/trace-regions.ts';
import { wordsOf } from '../try-decode.ts';
import { differingPixels } from './differing-pixels.ts';
import type { RowRun } from './match-rows.ts';

/** Rows of both pictures between two runs of equal ones. */
interface Gap {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** What a region lies in, and where its rows are to be found. */
interface Found {
  readonly region: ChangedRegion;
  /** The first rows of the region in either picture; undefined where it has none. */
  readonly baselineTop: number | undefined;
  readonly actualTop: number | undefined;
  readonly baselineRows: number;
  readonly actualRows: number;
}

/**
 * What differs between two pictures of one width once their equal rows are laid on each other: of as many rows as before the
 * places that differ, else the rows that came, went or were replaced, from side to side. All that is equal is left out, wherever
 * it lies now.
 */
export function findChanges(
  runs: readonly RowRun[],
  a: DecodedPicture,
  b: DecodedPicture,
  settings: ComparePair['settings'],
  pixelsPerCssPixel: number,
): { readonly regions: readonly ChangedRegion[]; readonly traces: readonly RegionTrace[] } {
  const found = gapsOf(runs, a, b)
    .flatMap((gap) => (gap.aEnd - gap.a === gap.bEnd - gap.b ? findPlaces(gap, a, b, settings) : [findReplaced(gap, a)]))
    .toSorted(({ region: one }, { region: other }) => other.diffPixels - one.diffPixels || one.y - other.y || one.x - other.x);
  const [rowsOfA, rowsOfB] = [rowReader(a), rowReader(b)];
  const tracers = found.map((one): RegionTracer => {
    const tracer = tracerOf(one.region, pixelsPerCssPixel);
    for (let row = 0; row < Math.max(one.baselineRows, one.actualRows); row++) {
      const before = one.baselineTop === undefined || row >= one.baselineRows ? undefined : rowsOfA(one.baselineTop + row);
      const after = one.actualTop === undefined || row >= one.actualRows ? undefined : rowsOfB(one.actualTop + row);
      tracer.addRow(before, after, []);
    }
    return tracer;
  });
  return { regions: found.map(({ region }) => region), traces: finishTraces(tracers) };
}

/** From top to bottom, without what was pushed out of a window of one height: nobody sees it, and it is as it was. */
function gapsOf(runs: readonly RowRun[], a: DecodedPicture, b: DecodedPicture): Gap[] {
  const gaps: Gap[] = [];
  let [top, actualTop, equalAbove] = [0, 0, 0];
  for (const run of [...runs, { baselineTop: a.height, actualTop: b.height, rows: 0 }]) {
    const gap = { a: top, aEnd: run.baselineTop, b: actualTop, bEnd: run.actualTop };
    if ((gap.a < gap.aEnd || gap.b < gap.bEnd) && !(a.height === b.height && isPushedOut(gap, a, b))) {
      gaps.push(slideUp(gap, equalAbove, rowReader(a), rowReader(b)));
    }
    top = run.baselineTop + run.rows;
    actualTop = run.actualTop + run.rows;
    equalAbove = run.rows;
  }
  return gaps;
}

/** Whether what went, or blank rows that came, may as well have gone or come at the very end. */
function isPushedOut({ a, aEnd, b, bEnd }: Gap, baseline: DecodedPicture, actual: DecodedPicture): boolean {
  const [picture, top, end] = b === bEnd ? [baseline, a, aEnd] : [actual, b, bEnd];
  const rowAt = rowReader(picture);
  const isBlank = (y: number): boolean => sameRow(rowAt(y), rowAt(top));
  const rowsFrom = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);
  const slidesToEnd = rowsFrom(end, picture.height).every((y) => sameRow(rowAt(y), rowAt(y - (end - top))));
  return (a === aEnd || b === bEnd) && slidesToEnd && (b === bEnd || (end < picture.height && rowsFrom(top, end).every(isBlank)));
}

/**
 * Where the last row of what came or went equals the row above it, it may as well have come a row higher. The highest place counts,
 * or the same banner between blank rows would be another one on every page.
 */
function slideUp({ a, aEnd, b, bEnd }: Gap, equalAbove: number, rowsOfA: RowsAt, rowsOfB: RowsAt): Gap {
  const isAlone = a === aEnd || b === bEnd;
  const [rowAt, top, end] = a === aEnd ? [rowsOfB, b, bEnd] : [rowsOfA, a, aEnd];
  let by = 0;
  while (isAlone && by < equalAbove && sameRow(rowAt(top - by - 1), rowAt(end - by - 1))) {
    by += 1;
  }
  return { a: a - by, aEnd: aEnd - by, b: b - by, bEnd: bEnd - by };
}

type RowsAt = (y: number) => Uint32Array;

function rowReader({ pixels, width }: DecodedPicture): RowsAt {
  const words = wordsOf(pixels);
  return (y) => words.subarray(y * width, (y + 1) * width);
}

function sameRow(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((word, at) => word === other[at]);
}

/** The places that differ in rows that are as many as they were. */
function findPlaces(
  { a, b, bEnd }: Gap,
  baseline: DecodedPicture,
  actual: DecodedPicture,
  settings: ComparePair['settings'],
): Found[] {
  const { width } = actual;
  const rows = bEnd - b;
  const different = differingPixels({ baselineTop: a, actualTop: b, rows }, baseline, actual, settings);
  const regions = new RegionFinder(width);
  for (let at = 0; at < different.length; at++) {
    if (different[at] !== 0) {
      const x = at % width;
      regions.addRun(b + Math.floor(at / width), x, x + 1);
    }
  }
  return regions.regions().map((region) => {
    const baselineTop = region.y - b + a;
    return {
      region: baselineTop === region.y ? region : { ...region, baselineY: baselineTop },
      baselineTop,
      actualTop: region.y,
      baselineRows: region.height,
      actualRows: region.height,
    };
  });
}

/** Rows that came, went, or took the place of others. */
function findReplaced({ a, aEnd, b, bEnd }: Gap, { width }: DecodedPicture): Found {
  const [baselineRows, actualRows] = [aEnd - a, bEnd - b];
  const place: Rect = actualRows === 0 ? { x: 0, y: a, width, height: baselineRows } : { x: 0, y: b, width, height: actualRows };
  const only = baselineRows === 0 ? 'actual' : actualRows === 0 ? 'baseline' : undefined;
  return {
    region: {
      ...place,
      diffPixels: width * Math.max(baselineRows, actualRows),
      ...(only === undefined ? {} : { only }),
      ...(only !== undefined || a === b ? {} : { baselineY: a }),
    },
    baselineTop: baselineRows === 0 ? undefined : a,
    actualTop: actualRows === 0 ? undefined : b,
    baselineRows,
    actualRows,
  };
}
