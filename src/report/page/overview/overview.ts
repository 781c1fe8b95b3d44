import { formatCount } from '../../../basics/format.ts';
import type { CaptureReport, Report } from '../../../results/model.ts';
import { h } from '../dom.ts';
import { type Filter, matchesFilter } from '../filter.ts';
import type { Pictures } from '../pictures.ts';
import type { Review, Subject } from '../review.ts';
import type { ShortcutName } from '../shortcuts.ts';
import type { Entry } from './entry.ts';
import { FilterBar } from './filter-bar.ts';
import { EntryList } from './list.ts';

/** The page with everything in it. */
export class Overview {
  readonly element: HTMLElement;
  readonly #filterBar: FilterBar;
  readonly #list: EntryList;
  readonly #progress = h('span', { class: 'readout review-progress' });
  readonly #review: Review;

  constructor(report: Report, pictures: Pictures, review: Review, run: (name: ShortcutName) => void) {
    this.#review = review;
    this.#filterBar = new FilterBar(report, (filter) => this.#apply(filter));
    this.#list = new EntryList(report.captures, pictures, review);
    this.element = h(
      'div',
      { class: 'overview' },
      h(
        'div',
        { class: 'bar-sticky' },
        this.#filterBar.element,
        this.#progress,
        h(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': 'Keys', title: 'Keys (?)', on: { click: () => run('help') } },
          '?',
        ),
      ),
      this.#list.element,
    );
  }

  /** What is shown, in its order. */
  get shown(): Subject[] {
    return this.#shownEntries.map(({ subject }) => subject);
  }

  /** What a reviewer has to decide on, in its order, whatever the filter. */
  get open(): Subject[] {
    return this.#list.entries.map(({ subject }) => subject).filter((subject) => this.#review.needsReview(subject));
  }

  focusFilter(): void {
    this.#filterBar.focus();
  }

  focusSubject(subject: Subject): void {
    const entry = this.#list.entries.find((one) => isSameSubject(one.subject, subject));
    if (entry !== undefined) {
      this.#list.reveal(entry);
      entry.link.focus({ preventScroll: true });
      // Who comes back finds the page as it was left, unless that shows nothing of it.
      const { top, bottom } = entry.element.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) {
        entry.element.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  /** The entry that has the focus. */
  get focused(): Subject | undefined {
    return this.#list.entries.find(({ link }) => link === document.activeElement)?.subject;
  }

  /** Moves the focus to the next or previous entry that is shown. */
  step(step: 1 | -1): void {
    const shown = this.#shownEntries;
    const current = shown.findIndex(({ link }) => link === document.activeElement);
    const next = shown[current < 0 ? 0 : Math.min(Math.max(current + step, 0), shown.length - 1)];
    if (next !== undefined) {
      this.#list.reveal(next);
      next.link.focus();
      next.element.scrollIntoView({ block: 'nearest' });
    }
  }

  showMarks(): void {
    for (const { subject, showMarks } of this.#list.entries) {
      const isElsewhere = subject.kind === 'capture' && this.#review.isReviewedElsewhere(subject.capture);
      showMarks({
        reviewed: isElsewhere ? 'elsewhere' : this.#review.isReviewed(subject) ? 'yes' : 'no',
        accepted: this.#review.isTaken(subject) ? 'taken' : this.#review.isAccepted(subject) ? 'chosen' : 'no',
      });
    }
    const { open } = this;
    const done = open.filter((subject) => this.#review.isReviewed(subject)).length;
    this.#progress.textContent = open.length === 0 ? '' : `${formatCount(done)} of ${formatCount(open.length)} reviewed`;
  }

  get #shownEntries(): Entry[] {
    return this.#list.entries.filter(({ element }) => !element.hidden);
  }

  #apply(filter: Filter): void {
    this.#list.show((capture: CaptureReport) => matchesFilter(capture, filter));
    this.#list.unfold(filter.statuses.has('unchanged') || filter.text !== '' || filter.viewport !== undefined);
  }
}

export function isSameSubject(a: Subject, b: Subject): boolean {
  switch (a.kind) {
    case 'group':
      return b.kind === 'group' && a.group === b.group;
    case 'capture':
      return b.kind === 'capture' && a.capture === b.capture;
    default:
      return a satisfies never;
  }
}
