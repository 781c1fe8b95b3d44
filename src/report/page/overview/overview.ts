import { formatCount } from '../../../basics/format.ts';
import type { CaptureReport, CaptureStatus, Report } from '../../../results/model.ts';
import { isShadeWarning } from '../../../results/shade-finding.ts';
import { findMarkedAcceptable } from '../accept.ts';
import { h } from '../dom.ts';
import { type Filter, matchesFilter, noFilter } from '../filter.ts';
import { icon } from '../icon.ts';
import type { Pictures } from '../pictures.ts';
import type { ReviewedMarks } from '../reviewed.ts';
import type { ShortcutName } from '../shortcuts.ts';
import { FilterBar } from './filter-bar.ts';
import { CaptureList } from './list.ts';

/** What a reviewer has to look at, besides changed shades. */
const toReview: readonly CaptureStatus[] = ['failed', 'changed', 'added', 'removed'];

/** The page with all captures. */
export class Overview {
  readonly element: HTMLElement;
  readonly #filterBar: FilterBar;
  readonly #list: CaptureList;
  readonly #progress = h('span', { class: 'readout review-progress' });
  readonly #accept: HTMLElement;
  readonly #report: Report;
  #filter = noFilter;

  constructor(report: Report, pictures: Pictures, run: (name: ShortcutName) => void) {
    this.#report = report;
    this.#filterBar = new FilterBar(report, (filter) => this.#apply(filter));
    this.#list = new CaptureList(report.captures, pictures);
    this.#accept = h('button', { type: 'button', on: { click: () => run('copyAccept') } }, icon('copy'), 'Copy accept command');
    this.element = h(
      'div',
      { class: 'overview' },
      h(
        'div',
        { class: 'bar-sticky' },
        this.#filterBar.element,
        h(
          'div',
          { class: 'review' },
          this.#progress,
          this.#accept,
          h('button', { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', on: { click: () => run('help') } }, '?'),
        ),
      ),
      this.#list.element,
    );
  }

  /** The captures that are shown, in their order. */
  get shown(): CaptureReport[] {
    return this.#list.tiles.map(({ capture }) => capture).filter((capture) => matchesFilter(capture, this.#filter));
  }

  focusFilter(): void {
    this.#filterBar.focus();
  }

  focusCapture(id: string): void {
    const tile = this.#list.tiles.find(({ capture }) => capture.id === id);
    tile?.link.focus({ preventScroll: true });
    tile?.element.scrollIntoView({ block: 'nearest' });
  }

  /** Moves the focus to the next or previous capture that is shown. */
  step(step: 1 | -1): void {
    const shown = this.#list.tiles.filter(({ element }) => !element.hidden);
    const current = shown.findIndex(({ link }) => link === document.activeElement);
    const next = shown[current < 0 ? 0 : Math.min(Math.max(current + step, 0), shown.length - 1)];
    next?.link.focus();
    next?.element.scrollIntoView({ block: 'nearest' });
  }

  showMarks(marks: ReviewedMarks): void {
    for (const tile of this.#list.tiles) {
      tile.setReviewed(marks.has(tile.capture.id));
    }
    const open = this.#list.tiles
      .map(({ capture }) => capture)
      .filter((capture) => toReview.includes(capture.status) || isShadeWarning(capture));
    const done = open.filter(({ id }) => marks.has(id)).length;
    this.#accept.hidden = findMarkedAcceptable(this.#report, marks).length === 0;
    this.#progress.textContent = open.length === 0 ? '' : `${formatCount(done)} of ${formatCount(open.length)} reviewed`;
  }

  #apply(filter: Filter): void {
    this.#filter = filter;
    this.#list.show((capture) => matchesFilter(capture, filter));
  }
}
