import { joinRects, type Rect } from '../../basics/geometry.ts';
import { mostMasks } from '../../plan/page-settings.ts';
import type { PageWarning } from '../../results/page-facts.ts';
import type { MaskedElements } from '../in-page/api.ts';

/** What a picture shows of the page: its upper left corner there, its size in CSS pixels, and how much the page is enlarged. */
export interface PictureFrame extends Rect {
  readonly scale: number;
}

/** What the selectors found at one moment. */
export interface FoundMasks {
  readonly frame: PictureFrame;
  readonly found: readonly MaskedElements[];
}

export interface DecidedMasks {
  /** For each selector, in whole CSS pixels of the picture. */
  readonly boxes: readonly (readonly Rect[])[];
  readonly warnings: readonly PageWarning[];
}

/**
 * The boxes that each selector masks, of what was found right before and right after the picture was taken: what moved
 * meanwhile is masked in both places.
 */
export function decideMasks(selectors: readonly string[], moments: readonly FoundMasks[]): DecidedMasks {
  const all = selectors.map((_, index) =>
    joinAdjoining(moments.flatMap(({ frame, found }) => (found[index]?.boxes ?? []).flatMap((box) => placeIn(frame, box)))),
  );
  const unmatched = selectors.filter((_, index) => moments.every(({ found }) => (found[index]?.matches ?? 0) === 0));
  const count = all.reduce((sum, boxes) => sum + boxes.length, 0);
  return {
    boxes: bound(all),
    warnings: [
      ...(unmatched.length === 0 ? [] : [{ kind: 'unmatched-masks', selectors: unmatched } as const]),
      ...(count <= mostMasks ? [] : [{ kind: 'joined-masks', boxes: count } as const]),
    ],
  };
}

/** A box of the page as the picture shows it; nothing where it lies outside. */
function placeIn({ scale, ...frame }: PictureFrame, { x, y, width, height }: Rect): Rect[] {
  const left = Math.max(0, Math.floor((x - frame.x) * scale));
  const top = Math.max(0, Math.floor((y - frame.y) * scale));
  const right = Math.min(frame.width, Math.ceil((x + width - frame.x) * scale));
  const bottom = Math.min(frame.height, Math.ceil((y + height - frame.y) * scale));
  return right > left && bottom > top ? [{ x: left, y: top, width: right - left, height: bottom - top }] : [];
}

/** Boxes that lie on or right beside each other and are equally wide or high become one, so that a column of a table is one box. */
function joinAdjoining(boxes: readonly Rect[]): Rect[] {
  return joinAlong('x', 'width', joinAlong('y', 'height', boxes));
}

function joinAlong(start: 'x' | 'y', length: 'width' | 'height', boxes: readonly Rect[]): Rect[] {
  const [across, breadth] = start === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const);
  const ordered = boxes.toSorted((a, b) => a[across] - b[across] || a[breadth] - b[breadth] || a[start] - b[start]);
  const joined: Rect[] = [];
  for (const box of ordered) {
    const last = joined.at(-1);
    const adjoins =
      last !== undefined &&
      last[across] === box[across] &&
      last[breadth] === box[breadth] &&
      box[start] <= last[start] + last[length];
    if (adjoins) {
      joined[joined.length - 1] = joinRects(last, box);
    } else {
      joined.push(box);
    }
  }
  return joined;
}

/** At most as many boxes as may be told: where there are more, so many neighbours of one selector become one that it is enough. */
function bound(all: readonly (readonly Rect[])[]): readonly (readonly Rect[])[] {
  for (let together = 1; ; together += 1) {
    const count = all.reduce((sum, boxes) => sum + Math.ceil(boxes.length / together), 0);
    if (count <= mostMasks) {
      return together === 1 ? all : all.map((boxes) => joinNeighbours(boxes, together));
    }
  }
}

function joinNeighbours(boxes: readonly Rect[], together: number): Rect[] {
  const ordered = boxes.toSorted((a, b) => a.y - b.y || a.x - b.x);
  return Array.from({ length: Math.ceil(ordered.length / together) }, (_, index) =>
    ordered.slice(index * together, (index + 1) * together).reduce(joinRects),
  );
}
