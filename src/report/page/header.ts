import { formatPlural } from '../../basics/format.ts';
import { defined } from '../../basics/record.ts';
import { oneLine } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import { type Child, h } from './dom.ts';
import { icon } from './icon.ts';
import type { Subject } from './review.ts';
import { formatRoute, type Route } from './route.ts';
import { type ShortcutName, shortcuts } from './shortcuts.ts';
import { statusLabel } from './status-label.ts';

/** What the line over the viewer tells. */
export interface Headline {
  readonly subject: Subject;
  readonly name: string;
  readonly capture: CaptureReport;
  /** The same target in every viewport. */
  readonly siblings: readonly CaptureReport[];
  readonly route: Route;
  /** Counts from 0; -1: not among those shown. */
  readonly index: number;
  readonly count: number;
}

export interface HeadMarks {
  readonly reviewed: boolean;
  readonly accepted: boolean;
  readonly canBeAccepted: boolean;
}

/** The line over the viewer: what it is, where it stands among all, whether it was reviewed and is to be accepted. */
export class CaptureHeader {
  readonly title = h('h1', { tabindex: '-1' });
  readonly element: HTMLElement;
  readonly #siblings = h('nav', { class: 'siblings', 'aria-label': 'Viewports of this target' });
  readonly #position = h('span', { class: 'readout position' });
  readonly #reviewed: HTMLButtonElement;
  readonly #accepted: HTMLButtonElement;

  /** `places`: on which other captures it is, which stands in this line where there is room. */
  constructor(places: HTMLElement, run: (name: ShortcutName) => void) {
    const button = (name: ShortcutName, kind: string, content: readonly Child[], label?: string): HTMLButtonElement =>
      h(
        'button',
        {
          type: 'button',
          class: `${kind} action-${name}`,
          title: `${shortcuts[name].label} (${shortcuts[name].keys[0]})`,
          ...defined({ 'aria-label': label }),
          on: { click: () => run(name) },
        },
        ...content,
      );
    this.#reviewed = button('reviewed', 'check', [icon('unchecked'), icon('checked'), 'Reviewed']);
    this.#accepted = button('accepted', 'check', [icon('unchecked'), icon('checked'), 'To be accepted']);
    this.element = h(
      'header',
      { class: 'capture-head' },
      button('back', 'quiet', [icon('back')], 'Back to the overview'),
      this.title,
      this.#siblings,
      places,
      h(
        'div',
        { class: 'group' },
        button('previous', 'quiet', [icon('left')], 'Previous'),
        this.#position,
        button('next', 'quiet', [icon('right')], 'Next'),
      ),
      this.#reviewed,
      this.#accepted,
      button('help', 'quiet', ['?'], 'Keys'),
    );
  }

  show({ subject, name, capture, siblings, route, index, count }: Headline): void {
    this.title.replaceChildren(...titleOf(subject, name));
    this.#siblings.hidden = subject.kind === 'group';
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

  showMarks({ reviewed, accepted, canBeAccepted }: HeadMarks): void {
    this.#reviewed.setAttribute('aria-pressed', String(reviewed));
    this.#accepted.setAttribute('aria-pressed', String(accepted));
    this.#accepted.hidden = !canBeAccepted;
  }
}

function titleOf(subject: Subject, name: string): (Node | string)[] {
  return subject.kind === 'group'
    ? [name, ' ', h('span', { class: 'reach' }, formatPlural(subject.group.occurrences.length, 'capture'))]
    : [statusLabel(subject.capture.status), ' ', h('bdi', {}, oneLine(subject.capture.name))];
}
