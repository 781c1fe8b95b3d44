import { createPane, type LayerKind, layerLabels } from '../pane.ts';
import { noRegions } from '../region-boxes.ts';
import type { Mode } from './mode.ts';

/** Whatever pictures it is given, each in its own pane. */
export const sideBySide: Mode = {
  label: 'Side by side',
  needs: [],
  create: (pictures, marked) => ({
    panes: (['baseline', 'actual', 'diff', 'aligned'] as const satisfies readonly LayerKind[]).flatMap((kind) => {
      const picture = pictures[kind];
      return picture === undefined
        ? []
        : [createPane(layerLabels[kind], [{ kind, picture }], kind === 'aligned' ? noRegions : marked)];
    }),
  }),
};
