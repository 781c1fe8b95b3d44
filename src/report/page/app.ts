import { defined } from '../../basics/record.ts';
import { oneLine } from '../../basics/text.ts';
import type { CaptureReport } from '../../results/model.ts';
import { hasWritableBaselines } from '../changes.ts';
import type { FoundGroup, Occurrence } from '../find-shared-changes.ts';
import { type PageData, pageElements } from '../html/page-data.ts';
import { acceptNow, type CopyKind, copyAcceptance } from './accept.ts';
import { h } from './dom.ts';
import { CaptureHeader } from './header.ts';
import { createHelp } from './help.ts';
import { findStorage, Marks } from './marks.ts';
import { Notices } from './notices.ts';
import { isSameSubject, Overview } from './overview/overview.ts';
import { Pictures } from './pictures.ts';
import { Places } from './places.ts';
import { capturesOf, Review, type Subject } from './review.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';
import { reachServer, type Server } from './server.ts';
import { findShortcut, type ShortcutName } from './shortcuts.ts';
import { Tray } from './tray.ts';
import { Viewer } from './viewer/viewer.ts';

/** What the viewer shows. */
interface Open {
  readonly subject: Subject;
  readonly capture: CaptureReport;
  readonly route: Route;
}

/** The whole page: the overview or one change or capture, told apart by the address. */
export class App {
  readonly #data: PageData;
  readonly #byId: ReadonlyMap<string, CaptureReport>;
  readonly #review: Review;
  readonly #server: Server | undefined;
  readonly #places: Places;
  readonly #tray: Tray;
  readonly #notices = new Notices();
  readonly #overview: Overview;
  readonly #viewer: Viewer;
  readonly #head: CaptureHeader;
  readonly #viewerPage: HTMLElement;
  readonly #help: HTMLDialogElement;
  readonly #title = document.title;
  #shortcutsOn = true;
  #open: Open | undefined;
  /** Where the overview was scrolled to when something was opened. */
  #scrollY = 0;

  constructor(data: PageData) {
    const { captures } = data.report;
    const pictures = new Pictures(data);
    const run = (name: ShortcutName): void => this.#actions[name]();
    this.#data = data;
    this.#byId = new Map(captures.map((capture) => [capture.id, capture]));
    this.#review = new Review(data.report, new Marks(findStorage(), data.key));
    this.#server = data.served === true ? reachServer() : undefined;
    this.#overview = new Overview(data.report, pictures, this.#review, run);
    this.#places = new Places(run);
    this.#head = new CaptureHeader(this.#places.element, run);
    this.#tray = new Tray({
      isServed: this.#server !== undefined,
      hasComment: data.report.run.ci !== undefined,
      run,
      copyComment: () => this.#copy('comment'),
    });
    this.#viewer = new Viewer({
      pictures,
      data,
      run,
      onRoute: (chosen) => this.#replaceRoute(chosen),
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
    document.body.append(this.#tray.element, this.#help, this.#notices.element);
    this.#showMarks();
    addEventListener('hashchange', () => this.#follow(parseRoute(location.hash)));
    document.addEventListener('keydown', (event) => this.#onKey(event));
    foldFailures();
    this.#follow(parseRoute(location.hash));
  }

  /** What each key and button does. */
  readonly #actions: { readonly [Name in ShortcutName]: () => void } = {
    next: () => this.#step(1),
    previous: () => this.#step(-1),
    nextPlace: () => this.#stepPlace(1),
    previousPlace: () => this.#stepPlace(-1),
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
    change: () => this.#viewer.setZoom('change'),
    fit: () => this.#viewer.setZoom('fit'),
    width: () => this.#viewer.setZoom('width'),
    actualPixels: () => this.#viewer.setZoom('pixels'),
    reviewed: () => this.#toggleReviewed(),
    accepted: () => this.#toggleAccepted(),
    reviewedAndNext: () => this.#reviewAndGoOn(),
    copyAccept: () => this.#copy('command'),
    acceptNow: () => {
      acceptNow(this.#data.report, this.#review, this.#server, this.#notices)
        .then(() => this.#showMarks())
        .catch(reportError);
    },
    filter: () => {
      this.#goBack();
      this.#overview.focusFilter();
    },
    back: () => this.#goBack(),
    help: () => (this.#help.open ? this.#help.close() : this.#help.showModal()),
  };

  #copy(kind: CopyKind): void {
    copyAcceptance(kind, this.#data.report, this.#review, this.#notices).catch(reportError);
  }

  #onKey(event: KeyboardEvent): void {
    const place = this.#open === undefined ? 'overview' : 'viewer';
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
    const group = route.group === undefined ? undefined : this.#review.group(route.group);
    const [example] = group?.occurrences ?? [];
    const capture = route.id === undefined ? example?.capture : this.#byId.get(route.id);
    if (capture === undefined) {
      this.#showOverview(describeUnknown(route));
      return;
    }
    const isShown = group?.occurrences.some((occurrence) => occurrence.capture === capture) === true;
    this.#showCapture(group !== undefined && isShown ? { kind: 'group', group } : { kind: 'capture', capture }, capture, route);
  }

  #showOverview(unknown: string | undefined): void {
    const before = this.#open;
    this.#open = undefined;
    this.#viewer.close();
    this.#togglePages(false);
    document.title = this.#title;
    scrollTo(0, this.#scrollY);
    if (before !== undefined) {
      this.#overview.focusSubject(before.subject);
    }
    if (unknown !== undefined) {
      this.#notices.show(`This report has no ${unknown}.`);
    }
  }

  #showCapture(subject: Subject, capture: CaptureReport, { mode, region }: Route): void {
    if (this.#open === undefined) {
      this.#scrollY = scrollY;
    }
    const isNew = this.#open === undefined || !isSameSubject(this.#open.subject, subject);
    const open = { subject, capture, route: routeOf(subject, capture, { ...defined({ mode, region }) }) };
    this.#open = open;
    this.#togglePages(true);
    const { shown } = this.#overview;
    const index = shown.findIndex((one) => isSameSubject(one, subject));
    const siblings = this.#data.report.captures.filter(({ name }) => name === capture.name);
    const name = this.#review.nameOf(subject);
    this.#head.show({ subject, name, capture, siblings, route: open.route, index, count: shown.length });
    this.#showMarks();
    document.title = `${name} · ${this.#title}`;
    if (isNew) {
      this.#head.title.focus({ preventScroll: true });
    }
    const following = this.#findFollowing(subject, capture, shown[index + 1]);
    const regions = subject.kind === 'group' ? (occurrenceOn(subject.group, capture)?.regions ?? []) : [];
    this.#places.show(subject, capture, region === undefined ? undefined : region - 1, this.#review);
    this.#viewer
      .open(capture, { ...defined({ mode, region }), regions })
      .then(() => (following === undefined ? undefined : this.#viewer.prepare(following)))
      .catch(reportError);
  }

  /** The capture that is likely to be opened next. */
  #findFollowing(subject: Subject, capture: CaptureReport, next: Subject | undefined): CaptureReport | undefined {
    if (subject.kind === 'group' && next === undefined) {
      const at = subject.group.occurrences.findIndex((one) => one.capture === capture);
      return subject.group.occurrences[at + 1]?.capture;
    }
    return next === undefined ? undefined : capturesOf(next)[0];
  }

  #togglePages(viewerShown: boolean): void {
    this.#viewerPage.hidden = !viewerShown;
    this.#overview.element.hidden = viewerShown;
    for (const id of [pageElements.header, pageElements.footer]) {
      document.getElementById(id)?.toggleAttribute('hidden', viewerShown);
    }
    document.body.classList.toggle('viewing', viewerShown);
  }

  #step(step: 1 | -1): void {
    if (this.#open === undefined) {
      this.#overview.step(step);
      return;
    }
    const { subject } = this.#open;
    const { shown } = this.#overview;
    const current = shown.findIndex((one) => isSameSubject(one, subject));
    const next = shown[current < 0 ? 0 : current + step];
    if (next === undefined) {
      this.#notices.show(step === 1 ? 'This was the last one.' : 'This is the first one.');
      return;
    }
    this.#goTo(next);
  }

  /** The same change on another capture. */
  #stepPlace(step: 1 | -1): void {
    const { subject, capture } = this.#open ?? {};
    if (subject?.kind !== 'group' || capture === undefined) {
      this.#notices.show('Open a change that several captures share to walk its captures.');
      return;
    }
    const { occurrences } = subject.group;
    const at = occurrences.findIndex((one) => one.capture === capture);
    const next = occurrences[(at + step + occurrences.length) % occurrences.length];
    if (next !== undefined) {
      this.#goTo(subject, next.capture);
    }
  }

  #goTo(subject: Subject, on: CaptureReport | undefined = capturesOf(subject)[0]): void {
    if (on !== undefined) {
      const route = routeOf(subject, on, defined({ mode: this.#open?.route.mode }));
      history.replaceState(null, '', formatRoute(route));
      this.#showCapture(subject, on, route);
    }
  }

  #goBack(): void {
    if (this.#open !== undefined) {
      history.pushState(null, '', formatRoute({}));
      this.#showOverview(undefined);
    }
  }

  /** Going from one to the next leaves no trail, so that the browser's Back leads to the overview. */
  #replaceRoute(chosen: Pick<Route, 'mode' | 'region'>): void {
    if (this.#open !== undefined) {
      const { subject, capture } = this.#open;
      const route = routeOf(subject, capture, chosen);
      this.#open = { subject, capture, route };
      history.replaceState(null, '', formatRoute(route));
      this.#places.show(subject, capture, this.#viewer.currentRegion, this.#review);
    }
  }

  /** What the keys are about: what is open, else what has the focus. */
  get #subject(): Subject | undefined {
    return this.#open?.subject ?? this.#overview.focused;
  }

  #toggleReviewed(): void {
    const subject = this.#subject;
    if (subject === undefined) {
      this.#notices.show(nothingChosen);
      return;
    }
    const reviewed = !this.#review.isReviewed(subject);
    this.#review.setReviewed(subject, reviewed);
    this.#showMarks();
    this.#notices.say(reviewed ? 'Marked as reviewed' : 'No longer marked as reviewed');
  }

  #toggleAccepted(): void {
    const subject = this.#subject;
    if (subject === undefined || !this.#review.canBeAccepted(subject)) {
      this.#notices.show(subject === undefined ? nothingChosen : this.#whyNotAcceptable());
      return;
    }
    const accepted = !this.#review.isAccepted(subject);
    this.#review.setAccepted(subject, accepted);
    this.#showMarks();
    this.#notices.say(accepted ? 'Marked as to be accepted' : 'No longer marked as to be accepted');
  }

  #whyNotAcceptable(): string {
    return hasWritableBaselines(this.#data.report.run)
      ? 'This can become no baseline: only what changed or was added can, and only once.'
      : 'What this run was compared with cannot be written to, so there is nothing to accept.';
  }

  /** Marks what is at hand and goes to the next decision that is open, around the end. */
  #reviewAndGoOn(): void {
    const subject = this.#subject;
    if (subject === undefined) {
      this.#overview.step(1);
      return;
    }
    this.#review.setReviewed(subject, true);
    this.#showMarks();
    const { open } = this.#overview;
    const at = open.findIndex((one) => isSameSubject(one, subject));
    const next = [...open.slice(at + 1), ...open.slice(0, at + 1)].find((one) => !this.#review.isReviewed(one));
    if (next === undefined) {
      this.#notices.show('Everything is reviewed.');
    } else if (this.#open === undefined) {
      this.#overview.focusSubject(next);
    } else {
      this.#goTo(next);
    }
  }

  #showMarks(): void {
    this.#overview.showMarks();
    this.#tray.show(this.#review);
    const subject = this.#open?.subject;
    if (subject !== undefined) {
      this.#head.showMarks({
        reviewed: this.#review.isReviewed(subject),
        accepted: this.#review.isAccepted(subject),
        canBeAccepted: this.#review.canBeAccepted(subject),
      });
    }
  }
}

/** On a phone the changes would stand below a screen of failures, which their summaries tell as well. */
function foldFailures(): void {
  if (matchMedia('(max-width: 600px)').matches) {
    for (const failure of document.querySelectorAll(`#${pageElements.header} details[open]`)) {
      failure.removeAttribute('open');
    }
  }
}

/** What a link leads to that the report does not have; undefined: it leads to the overview. */
function describeUnknown({ id, group }: Route): string | undefined {
  if (id !== undefined) {
    return `capture ${oneLine(id)}`;
  }
  return group === undefined ? undefined : `group ${group}`;
}

const nothingChosen = 'Go to a change first, with the key j.';

function occurrenceOn({ occurrences }: FoundGroup, capture: CaptureReport): Occurrence | undefined {
  return occurrences.find((one) => one.capture === capture);
}

function routeOf(subject: Subject, capture: CaptureReport, chosen: Pick<Route, 'mode' | 'region'>): Route {
  return { id: capture.id, ...(subject.kind === 'group' ? { group: subject.group.id } : {}), ...chosen };
}
