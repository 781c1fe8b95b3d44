import { h } from './dom.ts';

/** How long a notice stays, long enough to read it twice. */
const shownMs = 5000;

/** Short messages: some are shown, some are only for screen readers. */
export class Notices {
  readonly element = h('div', { class: 'notices' });
  readonly #spoken = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  readonly #shown = h('div', { class: 'notice', role: 'status', hidden: true });
  #timer: number | undefined;

  constructor() {
    this.element.append(this.#spoken, this.#shown);
  }

  /** For screen readers, where the page itself shows what happened. */
  say(text: string): void {
    this.#spoken.textContent = text;
  }

  show(text: string): void {
    clearTimeout(this.#timer);
    this.#shown.textContent = text;
    this.#shown.hidden = false;
    this.#timer = window.setTimeout(() => {
      this.#shown.hidden = true;
    }, shownMs);
  }
}
