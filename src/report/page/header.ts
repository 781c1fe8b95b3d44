import { defined } from '../../basics/record.ts';
import { oneLine } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import { type Child, h } from './dom.ts';
import { icon } from './icon.ts';
import { formatRoute, type Route } from './route.ts';
import { type ShortcutName, shortcuts } from './shortcuts.ts';
import { statusLabel } from './status-label.ts';

/** The line over the viewer: which capture it is, its siblings, where it stands among all, whether it was reviewed. */
export class CaptureHeader {
  readonly title = h('h1', { tabindex: '-1' });
  readonly element: HTMLElement;
  readonly #siblings = h('nav', { class: 'siblings', 'aria-label': 'Viewports of this target' });
  readonly #position = h('span', { class: 'readout position' });
  readonly #reviewed: HTMLButtonElement;

  constructor(run: (name: ShortcutName) => void) {
    const button = (name: ShortcutName, content: readonly Child[], label?: string): HTMLButtonElement =>
      h(
        'button',
        {
          type: 'button',
          class: `action-${name}`,
          title: `${shortcuts[name].label} (${shortcuts[name].keys[0]})`,
          ...defined({ 'aria-label': label }),
          on: { click: () => run(name) },
        },
        ...content,
      );
    this.#reviewed = button('reviewed', [icon('unchecked'), icon('checked'), 'Reviewed']);
    this.element = h(
      'header',
      { class: 'capture-head' },
      button('back', [icon('back'), 'All'], 'Back to all captures'),
      this.title,
      this.#siblings,
      h(
        'div',
        { class: 'group' },
        button('previous', [icon('left')], 'Previous capture'),
        this.#position,
        button('next', [icon('right')], 'Next capture'),
      ),
      this.#reviewed,
      button('copyAccept', [icon('copy'), 'Copy accept command']),
      button('help', ['?'], 'Keys'),
    );
  }

  /** `siblings`: the same target in every viewport. `index` counts from 0; -1: not among those shown. */
  show(capture: CaptureReport, siblings: readonly CaptureReport[], route: Route, index: number, count: number): void {
    this.title.replaceChildren(statusLabel(capture.status), ' ', h('bdi', {}, oneLine(capture.name)));
    this.#siblings.replaceChildren(
      ...siblings.map(({ id, viewport }) =>
        h(
          'a',
          {
            href: formatRoute({ ...defined({ mode: route.mode }), id }),
            'aria-current': id === capture.id ? 'page' : undefined,
          },
          h('bdi', {}, oneLine(viewport.name)),
        ),
      ),
    );
    this.#position.textContent = index < 0 ? `– of ${count}` : `${index + 1} of ${count}`;
  }

  setReviewed(reviewed: boolean): void {
    this.#reviewed.setAttribute('aria-pressed', String(reviewed));
  }
}
