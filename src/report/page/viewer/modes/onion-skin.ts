import { h } from '../../dom.ts';
import type { Mode } from './mode.ts';
import { createStackedPane } from './stacked.ts';

/** The capture over its baseline, as see-through as the reader wants. */
export const onionSkin: Mode = {
  label: 'Onion skin',
  needs: ['baseline', 'actual'],
  create: (pictures, marked) => {
    const { pane, actual } = createStackedPane('Capture over its baseline', pictures, marked);
    const range = h('input', { type: 'range', min: 0, max: 100, value: 50, step: 1, 'aria-label': 'Opacity of the capture' });
    const show = (): void => {
      actual.style.opacity = String(range.valueAsNumber / 100);
    };
    range.addEventListener('input', show);
    show();
    return { panes: [pane], controls: h('div', { class: 'mode-controls' }, 'Baseline', range, 'Capture') };
  },
};
