import type { LoadedPicture } from '../../pictures.ts';
import type { LayerKind, Pane } from '../pane.ts';
import type { MarkedRegions } from '../region-boxes.ts';

/** The pictures of a capture that the page has. */
export type ViewerPictures = { readonly [Kind in LayerKind]?: LoadedPicture } & {
  /** The takes that differ from each other; absent where all are alike. */
  readonly takes?: readonly LoadedPicture[];
};

/** What a mode may need. */
export type Shown = keyof ViewerPictures;

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
  readonly needs: readonly Shown[];
  create(pictures: ViewerPictures, marked: MarkedRegions): ModeView;
}
