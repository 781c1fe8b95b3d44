import { createPane, type Pane } from '../pane.ts';
import type { MarkedRegions } from '../region-boxes.ts';
import type { ViewerPictures } from './mode.ts';

/** The capture on top of its baseline, in one pane; `actual` is the layer on top. */
export function createStackedPane(
  title: string,
  { baseline, actual }: ViewerPictures,
  marked: MarkedRegions,
): { readonly pane: Pane; readonly actual: HTMLElement; readonly baseline: HTMLElement } {
  const pane = createPane(
    title,
    [
      ...(baseline === undefined ? [] : [{ kind: 'baseline', picture: baseline } as const]),
      ...(actual === undefined ? [] : [{ kind: 'actual', picture: actual } as const]),
    ],
    marked,
  );
  const [bottom = pane.element, top = pane.element] = pane.layers;
  return { pane, baseline: bottom, actual: top };
}
