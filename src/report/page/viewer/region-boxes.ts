import type { Region } from '../../model.ts';
import { h } from '../dom.ts';

/** The frames around changed regions, over one pane. */
export interface RegionBoxes {
  readonly element: HTMLElement;
  /** Keeps the lines as thin on the screen at this scale. */
  setScale(scale: number): void;
  /** Marks the region the reader has jumped to; undefined: none. */
  setCurrent(index: number | undefined): void;
}

/** More than a person would tell apart; the numbers still count all of them. */
const mostBoxes = 400;

export function createRegionBoxes(regions: readonly Region[]): RegionBoxes {
  const boxes = regions.slice(0, mostBoxes).map(({ x, y, width, height }) => {
    const box = h('div', { class: 'region' });
    Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return box;
  });
  const element = h('div', { class: 'boxes', 'aria-hidden': 'true' }, ...boxes);
  return {
    element,
    setScale: (scale) => element.style.setProperty('--scale', String(scale)),
    setCurrent: (current) => {
      for (const [index, box] of boxes.entries()) {
        box.classList.toggle('current', index === current);
      }
    },
  };
}
