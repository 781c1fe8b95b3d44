import { defined } from '../../basics/record.ts';
import { oneLine } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import { type PageData, pageElements } from '../html/page-data.ts';
import { copyAcceptCommand } from './accept.ts';
import { h } from './dom.ts';
import { CaptureHeader } from './header.ts';
import { createHelp } from './help.ts';
import { Notices } from './notices.ts';
import { Overview } from './overview/overview.ts';
import { Pictures } from './pictures.ts';
import { findStorage, ReviewedMarks } from './reviewed.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';
import { findShortcut, type ShortcutName } from './shortcuts.ts';
import { Viewer } from './viewer/viewer.ts';

/** The whole page: the overview or one capture, told apart by the address. */
export class App {
  readonly #data: PageData;
  readonly #byId: ReadonlyMap<string, CaptureReport>;
  readonly #marks: ReviewedMarks;
  readonly #notices = new Notices();
  readonly #overview: Overview;
  readonly #viewer: Viewer;
  readonly #head: CaptureHeader;
  readonly #viewerPage: HTMLElement;
  readonly #help: HTMLDialogElement;
  readonly #title = document.title;
  #shortcutsOn = true;
  #route: Route = {};
  /** Where the overview was scrolled to when a capture was opened. */
  #scrollY = 0;

  constructor(data: PageData) {
    const { captures } = data.report;
    const pictures = new Pictures(data);
    const run = (name: ShortcutName): void => this.#actions[name]();
    this.#data = data;
    this.#byId = new Map(captures.map((capture) => [capture.id, capture]));
    this.#marks = new ReviewedMarks(findStorage(), data.key);
    this.#overview = new Overview(data.report, pictures, run);
    this.#head = new CaptureHeader(run);
    this.#viewer = new Viewer({
      pictures,
      data,
      run,
      onRoute: (route) => this.#replaceRoute(route),
      say: (text) => this.#notices.say(text),
    });
    this.#viewerPage = h('div', { class: 'viewer-page', hidden: true }, this.#head.element, this.#viewer.element);
    this.#help = createHelp((enabled) => {
      this.#shortcutsOn = enabled;
    });
  }

  start(): void {
    const root = document.getElementById(pageElements.app);
    root?.replaceChildren(this.#overview.element, this.#viewerPage);
    document.body.append(this.#help, this.#notices.element);
    this.#overview.showMarks(this.#marks);
    addEventListener('hashchange', () => this.#follow(parseRoute(location.hash)));
    document.addEventListener('keydown', (event) => this.#onKey(event));
    this.#follow(parseRoute(location.hash));
  }

  /** What each key and button does. */
  readonly #actions: { readonly [Name in ShortcutName]: () => void } = {
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    sideBySide: () => this.#viewer.setMode('side-by-side'),
    slider: () => this.#viewer.setMode('slider'),
    onionSkin: () => this.#viewer.setMode('onion-skin'),
    diffOnly: () => this.#viewer.setMode('diff'),
    blink: () => this.#viewer.setMode('blink'),
    takes: () => this.#viewer.setMode('takes'),
    nextRegion: () => this.#viewer.stepRegion(1),
    previousRegion: () => this.#viewer.stepRegion(-1),
    boxes: () => this.#viewer.toggleBoxes(),
    diffPane: () => this.#viewer.toggleDiffPane(),
    zoomIn: () => this.#viewer.zoomBy('in'),
    zoomOut: () => this.#viewer.zoomBy('out'),
    fit: () => this.#viewer.setZoom('fit'),
    width: () => this.#viewer.setZoom('width'),
    actualPixels: () => this.#viewer.setZoom('pixels'),
    reviewed: () => this.#toggleReviewed(),
    reviewedAndNext: () => {
      this.#setReviewed(true);
      this.#step(1);
    },
    copyAccept: () => {
      copyAcceptCommand(this.#data.report, this.#marks, this.#notices).catch(reportError);
    },
    filter: () => {
      this.#goBack();
      this.#overview.focusFilter();
    },
    back: () => this.#goBack(),
    help: () => (this.#help.open ? this.#help.close() : this.#help.showModal()),
  };

  #onKey(event: KeyboardEvent): void {
    const place = this.#route.id === undefined ? 'overview' : 'viewer';
    const name = findShortcut(event.key, place);
    const isTyping =
      event.target instanceof Element && event.target.matches('input:not([type=range]):not([type=checkbox]), textarea, select');
    const inDialog = document.querySelector('dialog[open]') !== null && name !== 'help';
    const isSingleKey = event.key.length === 1;
    if (
      name === undefined ||
      inDialog ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (isSingleKey && (isTyping || !this.#shortcutsOn))
    ) {
      return;
    }
    event.preventDefault();
    this.#actions[name]();
  }

  /** Shows what an address asks for. */
  #follow(route: Route): void {
    const capture = route.id === undefined ? undefined : this.#byId.get(route.id);
    if (capture === undefined) {
      this.#showOverview(route.id);
    } else {
      this.#showCapture(capture, route);
    }
  }

  #showOverview(unknownId: string | undefined): void {
    const before = this.#route.id;
    this.#route = {};
    this.#viewer.close();
    this.#togglePages(false);
    document.title = this.#title;
    scrollTo(0, this.#scrollY);
    if (before !== undefined) {
      this.#overview.focusCapture(before);
    }
    if (unknownId !== undefined) {
      this.#notices.show(`This report has no capture ${oneLine(unknownId)}.`);
    }
  }

  #showCapture(capture: CaptureReport, route: Route): void {
    if (this.#route.id === undefined) {
      this.#scrollY = scrollY;
    }
    const isNew = this.#route.id !== capture.id;
    this.#route = route;
    this.#togglePages(true);
    const shown = this.#overview.shown;
    const index = shown.indexOf(capture);
    const siblings = this.#data.report.captures.filter(({ name }) => name === capture.name);
    this.#head.show(capture, siblings, route, index, shown.length);
    this.#head.setReviewed(this.#marks.has(capture.id));
    document.title = `${oneLine(capture.id)} · ${this.#title}`;
    if (isNew) {
      this.#head.title.focus({ preventScroll: true });
    }
    const following = shown[index + 1];
    this.#viewer
      .open(capture, route)
      .then(() => (following === undefined ? undefined : this.#viewer.prepare(following)))
      .catch(reportError);
  }

  #togglePages(viewerShown: boolean): void {
    this.#viewerPage.hidden = !viewerShown;
    this.#overview.element.hidden = viewerShown;
    document.getElementById(pageElements.header)?.toggleAttribute('hidden', viewerShown);
    document.body.classList.toggle('viewing', viewerShown);
  }

  #step(step: 1 | -1): void {
    const { id, mode } = this.#route;
    if (id === undefined) {
      this.#overview.step(step);
      return;
    }
    const shown = this.#overview.shown;
    const current = shown.findIndex((capture) => capture.id === id);
    const next = shown[current < 0 ? 0 : current + step];
    if (next === undefined) {
      this.#notices.show(step === 1 ? 'This was the last capture.' : 'This is the first capture.');
      return;
    }
    const route = { id: next.id, ...defined({ mode }) };
    this.#replaceRoute(route);
    this.#showCapture(next, route);
  }

  #goBack(): void {
    if (this.#route.id !== undefined) {
      history.pushState(null, '', formatRoute({}));
      this.#showOverview(undefined);
    }
  }

  /** Going from capture to capture leaves no trail, so that the browser's Back leads to the overview. */
  #replaceRoute(route: Route): void {
    this.#route = route;
    history.replaceState(null, '', formatRoute(route));
  }

  #toggleReviewed(): void {
    this.#setReviewed(this.#route.id !== undefined && !this.#marks.has(this.#route.id));
  }

  #setReviewed(reviewed: boolean): void {
    if (this.#route.id !== undefined) {
      this.#marks.set(this.#route.id, reviewed);
      this.#head.setReviewed(reviewed);
      this.#overview.showMarks(this.#marks);
      this.#notices.say(reviewed ? 'Marked as reviewed' : 'No longer marked as reviewed');
    }
  }
}
