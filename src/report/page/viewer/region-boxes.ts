import type { Rect, Region } from '../../../basics/geometry.ts';
import type { ChangedRegion, PictureKind } from '../../../results/model.ts';
import { h } from '../dom.ts';

/**
 * What is boxed: regions that changed, those of which a shade did, and those that do not hold still and are not compared; and
 * what is masked by selector.
 */
export interface MarkedRegions {
  readonly changed: readonly ChangedRegion[];
  readonly shades: readonly Region[];
  readonly unstable: readonly Region[];
  readonly masked: readonly Rect[];
}

/** For a picture whose rows are others than those of the boxes. */
export const noRegions: MarkedRegions = { changed: [], shades: [], unstable: [], masked: [] };

/** The frames around changed regions, over one pane. */
export interface RegionBoxes {
  readonly element: HTMLElement;
  /** Keeps the lines as thin on the screen at this scale. */
  setScale(scale: number): void;
  /** Marks the regions that are looked at, by their indexes, shades standing behind the changed ones. */
  setCurrent(indexes: ReadonlySet<number>): void;
}

/** More than a person would tell apart; the numbers still count all of them. */
const mostBoxes = 400;

/** `on`: the picture that they lie on, whose rows may be others where the page moved. */
export function createRegionBoxes({ changed, shades, unstable, masked }: MarkedRegions, on: PictureKind): RegionBoxes {
  const boxes = [
    ...changed.map((region) => createChanged(region, on)),
    ...shades.map((region) => createBox(region, 'region region-shade')),
  ].slice(0, mostBoxes);
  const unstableBoxes = unstable.slice(0, mostBoxes).map((region) => createBox(region, 'region-unstable'));
  const maskedBoxes = masked.slice(0, mostBoxes).map((place) => createBox(place, 'region-masked'));
  const element = h('div', { class: 'boxes', 'aria-hidden': 'true' }, ...maskedBoxes, ...unstableBoxes, ...boxes);
  return {
    element,
    setScale: (scale) => element.style.setProperty('--scale', String(scale)),
    setCurrent: (current) => {
      for (const [index, box] of boxes.entries()) {
        box.classList.toggle('current', current.has(index));
      }
    },
  };
}

/** Rows that only one picture has are boxed on no other; which row they would be at cannot be told. */
function createChanged(region: ChangedRegion, on: PictureKind): HTMLElement {
  const { only, baselineY } = region;
  const box = createBox(on === 'baseline' && baselineY !== undefined ? { ...region, y: baselineY } : region, 'region');
  box.hidden = (on === 'baseline' || on === 'actual') && only !== undefined && only !== on;
  return box;
}

function createBox({ x, y, width, height }: Rect, className: string): HTMLElement {
  const box = h('div', { class: className });
  Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return box;
}
