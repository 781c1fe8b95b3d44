import { h } from '../../dom.ts';
import type { Mode } from './mode.ts';
import { createStackedPane } from './stacked.ts';

/** Slower than three flashes a second, which WCAG 2.2 (2.3.1) calls safe. */
const turnMs = 600;

/** Baseline and capture in turns; what moves or appears catches the eye. */
export const blink: Mode = {
  label: 'Blink',
  needs: ['baseline', 'actual'],
  create: (pictures, marked) => {
    const { pane, actual } = createStackedPane('Baseline and capture in turns', pictures, marked);
    const shown = h('span', { class: 'blink-shown' });
    const turn = (): void => {
      const showActual = actual.classList.toggle('hidden-layer') === false;
      shown.textContent = showActual ? 'Capture' : 'Baseline';
    };
    turn();
    let timer: number | undefined;
    const toggle = h('button', { type: 'button' });
    const setRunning = (running: boolean): void => {
      clearInterval(timer);
      timer = running ? window.setInterval(turn, turnMs) : undefined;
      toggle.textContent = running ? 'Pause' : 'Run';
    };
    toggle.addEventListener('click', () => setRunning(timer === undefined));
    const other = h('button', { type: 'button', on: { click: turn } }, 'Show the other');
    setRunning(!matchMedia('(prefers-reduced-motion: reduce)').matches);
    return {
      panes: [pane],
      controls: h('div', { class: 'mode-controls' }, toggle, other, shown),
      dispose: () => clearInterval(timer),
    };
  },
};
