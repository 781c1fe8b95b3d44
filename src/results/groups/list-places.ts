import { contains } from '../../basics/geometry.ts';
import type { CaptureReport, ChangedRegion, RegionTrace } from '../model.ts';
import { type ChangedPlace, partOf, pixelsOf, rowsOf } from './changed-place.ts';
import { findCuts, type RegionEnd, type RowSequence, rowsFrom } from './cut-regions.ts';
import { type RowRun, readRuns, runLength } from './row-runs.ts';

/** A region of a capture as it was found. */
interface TracedRegion {
  readonly capture: number;
  readonly region: ChangedRegion;
  readonly trace: RegionTrace;
}

/**
 * The changed places of all captures, in their order. A region whose beginning or end is shared by other captures, while the rest
 * is not, is cut there: a header is the same one whatever touches it. Cuts that nothing equals are taken back.
 */
export function listPlaces(captures: readonly CaptureReport[]): ChangedPlace[] {
  const regions = captures.flatMap(({ status, comparison }, capture): TracedRegion[] => {
    const { regions: found = [], traces = [] } = comparison ?? {};
    // A capture whose regions are not all told of has changes that nobody could be shown.
    return status === 'changed' && traces.length === found.length
      ? found.flatMap((region, at) => {
          const trace = traces[at];
          return trace === undefined ? [] : [{ capture, region, trace }];
        })
      : [];
  });
  const hashOfRows = new Map(
    regions.flatMap(({ trace }) => (trace.rows === undefined || trace.tail !== undefined ? [] : [[trace.rows, trace.hash]])),
  );
  const cutAbove = cutAll(regions, 'top', hashOfRows);
  const cutBelow = cutAll(regions, 'bottom', hashOfRows);
  const whole = regions.map(
    ({ capture, region, trace: { hash, look } }): ChangedPlace => ({ capture, region, key: hash, look, isPart: false }),
  );
  const cut = regions.map((_, at) => cutAbove[at] ?? cutBelow[at]);
  const capturesOf = countCaptures([...whole, ...cut.flatMap((parts) => parts ?? [])]);
  return regions.flatMap((_, at): readonly ChangedPlace[] => {
    const parts = cut[at];
    const shared = parts?.[0]?.key === undefined ? 0 : (capturesOf.get(parts[0].key)?.size ?? 0);
    return parts !== undefined && shared > 1 ? parts : whole.slice(at, at + 1);
  });
}

/** A part that another capture has as a region of its own is the same as that. */
function asWhole(part: ChangedPlace, hashOfRows: ReadonlyMap<string, string>): ChangedPlace {
  return part.key === undefined ? part : { ...part, key: hashOfRows.get(part.key) ?? part.key };
}

/** For each region the parts that it is cut into, the shared one first; undefined: it is not cut. */
function cutAll(
  regions: readonly TracedRegion[],
  from: RegionEnd,
  hashOfRows: ReadonlyMap<string, string>,
): (readonly ChangedPlace[] | undefined)[] {
  const sequences = regions.map(({ capture, trace }): RowSequence => ({ capture, ...rowsFrom(trace, from) }));
  const cuts = findCuts(sequences, from);
  return regions.map((region, at) => {
    const [sequence, cut] = [sequences[at], cuts[at] ?? 0];
    return sequence === undefined || cut === 0
      ? undefined
      : cutOne(region, sequence, cut, from)?.map((part) => asWhole(part, hashOfRows));
  });
}

function cutOne(
  { capture, region, trace: { look } }: TracedRegion,
  { rows, whole }: RowSequence,
  cut: number,
  from: RegionEnd,
): readonly ChangedPlace[] | undefined {
  const at = cut * runLength;
  const [shared, rest] = from === 'top' ? [rows.slice(0, at), rows.slice(at)] : [rows.slice(-at), rows.slice(0, -at)];
  const [sharedRuns, restRuns] = [readRuns(shared), readRuns(rest)];
  const restRows = region.height - rowsOf(sharedRuns);
  const [sharedTop, restTop] = from === 'top' ? [0, region.height - restRows] : [restRows, 0];
  // Counted are pixels that differ by less than the threshold as well, so it is their share.
  const share = pixelsOf(sharedRuns) / (pixelsOf(sharedRuns) + pixelsOf(restRuns));
  const sharedPixels = Math.round(region.diffPixels * share);
  const parts = [
    partOf(region, sharedTop, sharedRuns, sharedPixels),
    whole
      ? partOf(region, restTop, restRuns, region.diffPixels - sharedPixels)
      : { ...region, ...moveDown(region, restTop), height: restRows, diffPixels: region.diffPixels - sharedPixels },
  ];
  const [first, second] = parts;
  // What another job says of its rows need not be so.
  if (
    first === undefined ||
    second === undefined ||
    restRows <= 0 ||
    !parts.every((part) => part !== undefined && contains(region, part))
  ) {
    return undefined;
  }
  return [
    { capture, region: first, key: trimmed(shared, sharedRuns), look, isPart: true },
    { capture, region: second, key: whole ? trimmed(rest, restRuns) : undefined, look, isPart: true },
  ];
}

function moveDown({ y, baselineY }: ChangedRegion, by: number): Pick<ChangedRegion, 'y' | 'baselineY'> {
  return { y: y + by, ...(baselineY === undefined ? {} : { baselineY: baselineY + by }) };
}

/** The rows as one text, without those at either end in which nothing differs. */
function trimmed(text: string, runs: readonly RowRun[]): string {
  const inked = runs.map(({ pixels }) => pixels > 0);
  return text.slice(inked.indexOf(true) * runLength, (inked.lastIndexOf(true) + 1) * runLength);
}

/** On which captures each key is to be found. */
function countCaptures(places: readonly ChangedPlace[]): ReadonlyMap<string, ReadonlySet<number>> {
  const captures = new Map<string, Set<number>>();
  for (const { key, capture } of places) {
    if (key !== undefined) {
      captures.set(key, (captures.get(key) ?? new Set()).add(capture));
    }
  }
  return captures;
}
