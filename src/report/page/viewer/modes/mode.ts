import type { LoadedPicture } from '../../pictures.ts';
import type { LayerKind, Pane } from '../pane.ts';
import type { MarkedRegions } from '../region-boxes.ts';

/** The pictures of a capture that the page has. */
export type ViewerPictures = { readonly [Kind in LayerKind]?: LoadedPicture };

/** One way to look at a capture, mounted. */
export interface ModeView {
  readonly panes: readonly Pane[];
  /** What the mode is steered with, if anything. */
  readonly controls?: HTMLElement;
  /** Stops timers and the like. */
  dispose?(): void;
}

export interface Mode {
  readonly label: string;
  readonly needs: readonly LayerKind[];
  create(pictures: ViewerPictures, marked: MarkedRegions): ModeView;
}
