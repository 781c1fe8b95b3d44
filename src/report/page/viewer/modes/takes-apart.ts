import { createPane } from '../pane.ts';
import type { Mode } from './mode.ts';

/** The takes of a page that differ from each other, each in its own pane; boxed is where they do. */
export const takesApart: Mode = {
  label: 'Takes',
  needs: ['takes'],
  create: ({ takes = [] }, { unstable, masked }) => ({
    panes: takes.map((picture, index) =>
      createPane(`Take ${index + 1} of ${takes.length} that differ`, [{ kind: 'actual', picture }], {
        changed: [],
        shades: [],
        unstable,
        masked,
      }),
    ),
  }),
};
