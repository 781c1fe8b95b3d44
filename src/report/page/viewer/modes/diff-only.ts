import { createPane } from '../pane.ts';
import type { Mode } from './mode.ts';

/** The difference picture alone. */
export const diffOnly: Mode = {
  label: 'Diff only',
  needs: ['diff'],
  create: ({ diff }, regions) => ({
    panes: diff === undefined ? [] : [createPane('Difference', [{ kind: 'diff', picture: diff }], regions)],
  }),
};
