import { describeAcceptance } from './accept.ts';
import { h } from './dom.ts';
import { icon } from './icon.ts';
import type { Review } from './review.ts';
import { type ShortcutName, shortcuts } from './shortcuts.ts';

export interface TrayOptions {
  /** The command that serves the page can accept. */
  readonly isServed: boolean;
  /** The run was one of a workflow, where a comment on the pull request accepts. */
  readonly hasComment: boolean;
  readonly run: (name: ShortcutName) => void;
  readonly copyComment: () => void;
}

/** What is to be accepted and how, at the lower edge, while there is something. */
export class Tray {
  readonly element: HTMLElement;
  readonly #text = h('p', { class: 'tray-text' });
  readonly #actions: HTMLElement;

  constructor({ isServed, hasComment, run, copyComment }: TrayOptions) {
    const acceptButton = h(
      'button',
      { type: 'button', class: 'primary', title: `${shortcuts.acceptNow.label} (A)`, on: { click: () => run('acceptNow') } },
      'Accept',
    );
    this.#actions = h(
      'div',
      { class: 'tray-actions' },
      h('button', { type: 'button', title: 'c', on: { click: () => run('copyAccept') } }, icon('copy'), 'Copy command'),
      hasComment ? h('button', { type: 'button', on: { click: copyComment } }, icon('copy'), 'Copy comment') : undefined,
      isServed ? acceptButton : undefined,
    );
    this.element = h('aside', { class: 'tray', 'aria-label': 'To be accepted', hidden: true }, this.#text, this.#actions);
    // What stands above it ends where it begins, however many lines it has.
    new ResizeObserver(() => document.body.style.setProperty('--tray', `${this.element.offsetHeight}px`)).observe(this.element);
  }

  show(review: Review): void {
    const { acceptance, chosen } = review;
    this.element.hidden = chosen === 0;
    this.#actions.hidden = acceptance.captures.length === 0;
    this.#text.textContent = describeAcceptance(acceptance, chosen);
    document.body.classList.toggle('has-tray', chosen > 0);
  }
}
