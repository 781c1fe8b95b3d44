import { createPane, layerLabels } from '../pane.ts';
import { noRegions } from '../region-boxes.ts';
import type { Mode } from './mode.ts';

/** The difference alone; where the page moved, beside it the difference with both pages laid on each other again. */
export const diffOnly: Mode = {
  label: 'Diff only',
  needs: ['diff'],
  create: ({ diff, aligned }, marked) => ({
    panes: [
      ...(diff === undefined ? [] : [createPane(layerLabels.diff, [{ kind: 'diff', picture: diff }], marked)]),
      ...(aligned === undefined ? [] : [createPane(layerLabels.aligned, [{ kind: 'aligned', picture: aligned }], noRegions)]),
    ],
  }),
};
