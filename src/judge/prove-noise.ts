import { contains, joinRects, overlaps, type Rect, type Region } from '../basics/geometry.ts';
import { growUnstable, withMargin } from './grow-unstable.ts';

/** What was seen of a capture so far. Places in device pixels. */
export interface Seen {
  /** What differs between any two takes. */
  readonly moved: readonly Region[];
  /** What differs between the last two. */
  readonly movedLast: readonly Region[];
  /** What differs from the baseline, for each take. */
  readonly differing: readonly (readonly Region[])[];
  /** What moved when the baseline was taken. */
  readonly known: readonly Rect[];
  /** Device pixels per CSS pixel. */
  readonly scale: number;
}

export interface ProvenNoise {
  /** To be left out of the comparison: it moves, and was seen to be as in the baseline, or to move when that was taken. */
  readonly proven: readonly Rect[];
  /** It moves and nothing more is known, so it counts, unless a further take is as the baseline there. */
  readonly unproven: readonly Region[];
  /** It differs from the baseline and a further take may show that it is noise. */
  readonly open: readonly Rect[];
}

/**
 * Which differences from the baseline are noise. A place that differs between takes counts as noise only if some take
 * equals the baseline there, or if it moved when the baseline was taken; whatever else differs is to be told.
 */
export function proveNoise({ moved, movedLast, differing, known, scale }: Seen): ProvenNoise {
  const last = differing.at(-1) ?? [];
  const proven: Rect[] = [];
  const unproven: Region[] = [];
  for (const place of moved) {
    const before = findKnown(place, known, scale);
    if (before !== undefined) {
      // Takes show only a part of what is known to move, so what differs right beside it belongs to it.
      proven.push(...growUnstable([joinRects(before, place)], last, scale));
    } else if (differing.some((regions) => !regions.some((region) => overlaps(region, place)))) {
      proven.push(withMargin(place));
    } else {
      unproven.push(place);
    }
  }
  const stillMoving = unproven.filter((place) => movedLast.some((region) => overlaps(region, place)));
  return {
    // A place where the last take equals the baseline needs no mask.
    proven: proven.filter((area) => last.some((region) => overlaps(region, area))),
    unproven,
    open: [...stillMoving.map(withMargin), ...growUnstable(known, last, scale)],
  };
}

/** The place that moved when the baseline was taken, if this one belongs to it. */
function findKnown(place: Rect, known: readonly Rect[], scale: number): Rect | undefined {
  const touched = known.filter((area) => overlaps(area, place));
  const joined = touched.length > 1 ? [touched.reduce((one, other) => joinRects(one, other))] : [];
  return [...known, ...joined].find((area) => growUnstable([area], [place], scale).some((grown) => contains(grown, place)));
}
