import { h } from '../../dom.ts';
import { icon } from '../../icon.ts';
import type { Mode } from './mode.ts';
import { createStackedPane } from './stacked.ts';

/** How far an arrow key moves the line, in percent of the pane. */
const stepPercent = 2;

/** The baseline left of a line, the capture right of it; the line is dragged or moved with the arrow keys. */
export const slider: Mode = {
  label: 'Slider',
  needs: ['baseline', 'actual'],
  create: (pictures, marked) => {
    const { pane, actual, baseline } = createStackedPane('Baseline left of the line, capture right of it', pictures, marked);
    const line = h(
      'div',
      {
        class: 'slider-line',
        role: 'slider',
        tabindex: '0',
        'aria-label': 'Line between baseline and capture',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-orientation': 'horizontal',
      },
      h('span', { class: 'slider-grip' }, icon('leftRight')),
    );
    const glass = actual.parentElement ?? pane.element;
    let percent = 50;
    const moveTo = (wanted: number): void => {
      percent = Math.min(Math.max(wanted, 0), 100);
      actual.style.clipPath = `inset(0 0 0 ${percent}%)`;
      baseline.style.clipPath = `inset(0 ${100 - percent}% 0 0)`;
      line.style.left = `${percent}%`;
      line.setAttribute('aria-valuenow', String(Math.round(percent)));
      line.setAttribute('aria-valuetext', `${Math.round(percent)}% baseline`);
    };
    line.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      line.setPointerCapture(event.pointerId);
    });
    line.addEventListener('pointermove', (event) => {
      if (line.hasPointerCapture(event.pointerId)) {
        const { left, width } = glass.getBoundingClientRect();
        moveTo(((event.clientX - left) / width) * 100);
      }
    });
    line.addEventListener('keydown', (event) => {
      const moves: Partial<Record<string, number>> = {
        ArrowLeft: percent - stepPercent,
        ArrowRight: percent + stepPercent,
        Home: 0,
        End: 100,
      };
      const wanted = moves[event.key];
      if (wanted !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        moveTo(wanted);
      }
    });
    glass.append(line);
    moveTo(percent);
    return { panes: [pane] };
  },
};
