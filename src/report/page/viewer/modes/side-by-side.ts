import { createPane, type LayerKind, layerLabels } from '../pane.ts';
import type { Mode } from './mode.ts';

/** Whatever pictures there are, each in its own pane. */
export const sideBySide: Mode = {
  label: 'Side by side',
  needs: [],
  create: (pictures, marked) => ({
    panes: (['baseline', 'actual', 'diff'] as const satisfies readonly LayerKind[]).flatMap((kind) => {
      const picture = pictures[kind];
      return picture === undefined ? [] : [createPane(layerLabels[kind], [{ kind, picture }], marked)];
    }),
  }),
};
