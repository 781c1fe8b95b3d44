import { formatCount } from '../../../basics/format.ts';
import { oneLine } from '../../../basics/text.ts';
import type { CaptureStatus, Report } from '../../../results/model.ts';
import { statusesByRank } from '../../../results/statuses.ts';
import { h } from '../dom.ts';
import { type Filter, noFilter } from '../filter.ts';
import { statusLabel } from '../status-label.ts';

/** Chooses which captures are shown: by status, viewport and text. */
export class FilterBar {
  readonly element: HTMLElement;
  readonly #onChange: (filter: Filter) => void;
  readonly #text = h('input', {
    type: 'search',
    placeholder: 'Filter by name, URL or error ( / )',
    'aria-label': 'Filter by name, URL or error',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  #filter = noFilter;

  constructor({ captures, totals }: Report, onChange: (filter: Filter) => void) {
    this.#onChange = onChange;
    const statuses = statusesByRank
      .filter((status) => totals[status] > 0)
      .map((status) => this.#statusButton(status, totals[status]));
    this.#text.addEventListener('input', () => this.#change({ ...this.#filter, text: this.#text.value }));
    this.element = h(
      'search',
      { class: 'filter' },
      h('div', { class: 'chips', role: 'group', 'aria-label': 'Statuses' }, ...statuses),
      this.#viewportChoice([...new Set(captures.map(({ viewport }) => viewport.name))]),
      this.#text,
    );
  }

  focus(): void {
    this.#text.focus();
    this.#text.select();
  }

  #statusButton(status: CaptureStatus, count: number): HTMLElement {
    const button = h(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': 'false' },
      statusLabel(status),
      ` ${formatCount(count)}`,
    );
    button.addEventListener('click', () => {
      const statuses = new Set(this.#filter.statuses);
      const pressed = !statuses.delete(status);
      if (pressed) {
        statuses.add(status);
      }
      button.setAttribute('aria-pressed', String(pressed));
      this.#change({ ...this.#filter, statuses });
    });
    return button;
  }

  #viewportChoice(names: readonly string[]): HTMLElement {
    const options = names.map((name) => h('option', { value: name }, oneLine(name)));
    const choice = h(
      'select',
      { 'aria-label': 'Viewport', hidden: names.length < 2 },
      h('option', { value: '' }, 'All viewports'),
      ...options,
    );
    choice.addEventListener('change', () => {
      const { viewport: _, ...rest } = this.#filter;
      this.#change(choice.selectedIndex === 0 ? rest : { ...rest, viewport: choice.value });
    });
    return choice;
  }

  #change(filter: Filter): void {
    this.#filter = filter;
    this.#onChange(filter);
  }
}
