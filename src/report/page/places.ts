import { formatPlural } from '../../basics/format.ts';
import { oneLine } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import type { FoundGroup } from '../find-shared-changes.ts';
import { h } from './dom.ts';
import { icon } from './icon.ts';
import type { Review, Subject } from './review.ts';
import { formatRoute } from './route.ts';
import { type ShortcutName, shortcuts } from './shortcuts.ts';

/** The line that says on which other captures the change at hand is, and walks them. */
export class Places {
  readonly element = h('div', { class: 'places', hidden: true });
  readonly #run: (name: ShortcutName) => void;

  constructor(run: (name: ShortcutName) => void) {
    this.#run = run;
  }

  /** `region`: the one that is looked at, by its index; undefined: none in particular. */
  show(subject: Subject, capture: CaptureReport, region: number | undefined, review: Review): void {
    const groups =
      subject.kind === 'group'
        ? [subject.group]
        : region === undefined
          ? review.groupsOf(capture)
          : review.groupsAt(capture, region);
    this.element.hidden = groups.length === 0;
    this.element.replaceChildren(
      ...groups
        .slice(0, mostTold)
        .map((group) =>
          subject.kind === 'group' ? this.#renderWalk(group, capture) : renderLink(group, capture, review, region !== undefined),
        ),
    );
  }

  #renderWalk({ occurrences }: FoundGroup, capture: CaptureReport): HTMLElement {
    const at = occurrences.findIndex((one) => one.capture === capture);
    return h(
      'div',
      { class: 'place' },
      h('span', {}, describeOthers(occurrences.length - 1)),
      this.#button('previousPlace', 'left'),
      h('span', { class: 'readout' }, `${at + 1} of ${occurrences.length}`),
      this.#button('nextPlace', 'right'),
      h('a', { href: formatRoute({ id: capture.id }) }, h('bdi', {}, oneLine(capture.id))),
    );
  }

  #button(name: 'nextPlace' | 'previousPlace', drawing: 'left' | 'right'): HTMLElement {
    const { label, keys } = shortcuts[name];
    return h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        title: `${label} (${keys[0]})`,
        'aria-label': label,
        on: { click: () => this.#run(name) },
      },
      icon(drawing),
    );
  }
}

/** More groups on one region or capture are left to the overview. */
const mostTold = 5;

function renderLink(group: FoundGroup, capture: CaptureReport, review: Review, isRegion: boolean): HTMLElement {
  const name = review.nameOf({ kind: 'group', group });
  const link = h('a', { href: formatRoute({ id: capture.id, group: group.id }) }, name);
  const others = group.occurrences.length - 1;
  return isRegion
    ? h('div', { class: 'place' }, h('span', {}, `${describeOthers(others)}: `, link))
    : h('div', { class: 'place' }, h('span', {}, link, ` is on ${formatPlural(others, 'other capture')}`));
}

function describeOthers(others: number): string {
  return others === 0 ? 'This region is on no other capture' : `This region is on ${formatPlural(others, 'other capture')}`;
}
