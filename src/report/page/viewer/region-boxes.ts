import type { Rect, Region } from '../../../basics/geometry.ts';
import { h } from '../dom.ts';

/**
 * What is boxed: regions that changed, those of which a shade did, and those that do not hold still and are not compared; and
 * what is masked by selector.
 */
export interface MarkedRegions {
  readonly changed: readonly Region[];
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

export function createRegionBoxes({ changed, shades, unstable, masked }: MarkedRegions): RegionBoxes {
  const boxes = [
    ...changed.map((region) => createBox(region, 'region')),
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

function createBox({ x, y, width, height }: Rect, className: string): HTMLElement {
  const box = h('div', { class: className });
  Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return box;
}
