import type { Region } from '../../model.ts';
import { svg } from '../dom.ts';

/** The frames around changed regions, over one pane. */
export interface RegionBoxes {
  readonly element: SVGElement;
  /** Marks the region the reader has jumped to; undefined: none. */
  setCurrent(index: number | undefined): void;
}

/** More than a person would tell apart; the numbers still count all of them. */
const mostBoxes = 400;

export function createRegionBoxes(regions: readonly Region[]): RegionBoxes {
  const boxes = regions.slice(0, mostBoxes).map(({ x, y, width, height }) => {
    const frame = { x, y, width, height };
    // A light line under the coloured one, so that the box is seen on any page.
    return svg('g', { class: 'region' }, svg('rect', { class: 'halo', ...frame }), svg('rect', { class: 'frame', ...frame }));
  });
  return {
    element: svg('svg', { class: 'boxes', 'aria-hidden': 'true', width: '1', height: '1' }, ...boxes),
    setCurrent: (current) => {
      for (const [index, box] of boxes.entries()) {
        box.classList.toggle('current', index === current);
      }
    },
  };
}
