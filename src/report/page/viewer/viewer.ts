import type { Point, Rect } from '../../../basics/geometry.ts';
import { defined } from '../../../basics/record.ts';
import type { CaptureReport, ChangedRegion } from '../../../results/model.ts';
import { uncountedShades } from '../../../results/shade-finding.ts';
import { joinRegions } from '../../find-shared-changes.ts';
import type { PageData } from '../../html/page-data.ts';
import { h } from '../dom.ts';
import type { LoadedPicture, Pictures } from '../pictures.ts';
import type { ModeName } from '../route.ts';
import type { ShortcutName } from '../shortcuts.ts';
import { renderFacts } from './facts.ts';
import { Minimap } from './minimap.ts';
import type { ModeView, Shown, ViewerPictures } from './modes/mode.ts';
import { isAvailable, modes } from './modes/modes.ts';
import { renderNote } from './notes.ts';
import type { LayerKind } from './pane.ts';
import { type Focus, Stage, type Subject, type Zoom } from './stage.ts';
import { renderTimeline } from './timeline.ts';
import { Toolbar } from './toolbar.ts';

export interface ViewerOptions {
  readonly pictures: Pictures;
  readonly data: Pick<PageData, 'docs' | 'limitBytes'>;
  /** A button of the toolbar was pressed. */
  readonly run: (name: ShortcutName) => void;
  /** The reader chose another mode or region. */
  readonly onRoute: (chosen: { readonly mode: ModeName; readonly region?: number }) => void;
  readonly say: (text: string) => void;
}

const layerKinds = ['baseline', 'actual', 'diff', 'aligned'] as const satisfies readonly LayerKind[];
/** More panes beside each other show nothing. */
const mostTakes = 4;
const zoomStep = 1.25;

/** What a capture is opened for. */
export interface OpenRequest {
  readonly mode?: ModeName;
  /** The region to start at. Counts from 1. */
  readonly region?: number;
  /** The regions of the change that the reader came for, as indexes; none: the capture itself. */
  readonly regions: readonly number[];
}

/** The pictures of one capture, with everything to look at them by. */
export class Viewer {
  readonly element: HTMLElement;
  readonly #options: ViewerOptions;
  readonly #toolbar: Toolbar;
  readonly #stage: Stage;
  readonly #minimap: Minimap;
  readonly #details = h('div', { class: 'details' });
  #capture: CaptureReport | undefined;
  #pictures: ViewerPictures = {};
  #subject: Subject = { width: 1, height: 1, deviceScale: 1 };
  /** What the reader chose last; a capture that lacks the pictures for it is shown side by side. */
  #mode: ModeName = 'side-by-side';
  #view: ModeView | undefined;
  #region: number | undefined;
  /** The regions that the capture was opened for. */
  #wanted: readonly number[] = [];
  #boxesShown = true;
  /** Undefined until the reader chooses: it is shown where the page moved, or the two pictures could not be compared by eye. */
  #diffPaneShown: boolean | undefined;

  constructor(options: ViewerOptions) {
    this.#options = options;
    this.#toolbar = new Toolbar(options.run);
    this.#minimap = new Minimap((middle) => this.#stage.moveTo(middle));
    this.#stage = new Stage((camera, pane, zoom) => {
      this.#toolbar.showZoom(zoom, camera.scale * this.#subject.deviceScale * 100);
      this.#minimap.setCamera(camera, pane);
    });
    this.#stage.element.id = 'stage';
    this.element = h(
      'div',
      { class: 'viewer' },
      this.#toolbar.element,
      h('div', { class: 'stage-row' }, this.#stage.element, this.#minimap.element),
      this.#details,
    );
  }

  /** Shows a capture as it is asked for. Resolves when its pictures are there. */
  async open(capture: CaptureReport, { mode, region, regions }: OpenRequest): Promise<void> {
    this.#capture = capture;
    this.#mode = mode ?? this.#mode;
    this.#region = region === undefined ? undefined : region - 1;
    this.#wanted = regions;
    this.#stage.element.setAttribute('aria-busy', 'true');
    // Who has opened the figures wants them of the next capture too.
    const isOpen = this.#details.querySelector('.figures')?.hasAttribute('open') === true;
    this.#details.replaceChildren(renderFacts(capture, renderTimeline(capture), isOpen));
    const pictures = await this.#load(capture);
    const picture = pictures.actual ?? pictures.baseline;
    const note = picture === undefined ? await this.#createNote(capture) : undefined;
    // The reader may have gone on while the pictures were decoded.
    if (this.#capture !== capture) {
      return;
    }
    this.#pictures = pictures;
    this.#subject = subjectOf(capture, pictures);
    this.#stage.showSubject(this.#subject, this.#findFocus(capture));
    this.#toolbar.element.hidden = picture === undefined;
    this.#minimap.element.hidden = picture === undefined || !this.#stage.isTall;
    this.#view = undefined;
    if (picture !== undefined) {
      this.#showPictures(capture, picture);
    } else if (note !== undefined) {
      this.#stage.showNote(note);
    }
    this.#stage.element.removeAttribute('aria-busy');
  }

  /** Stops what runs in the background. */
  close(): void {
    this.#capture = undefined;
    this.#stage.clear();
  }

  /** Decodes the pictures of a capture that is likely to be opened next. */
  async prepare(capture: CaptureReport): Promise<void> {
    await this.#load(capture);
  }

  setMode(mode: ModeName): void {
    if (
      this.#capture !== undefined &&
      this.#view !== undefined &&
      isAvailable(modes[mode], (kind) => this.#pictures[kind] !== undefined)
    ) {
      this.#mode = mode;
      this.#showMode(this.#capture);
      this.#announceRoute();
    }
  }

  stepRegion(step: 1 | -1): void {
    const count = this.#regions.length;
    if (count === 0) {
      return;
    }
    const start = this.#currentRegion ?? (step === 1 ? -1 : 0);
    this.#region = (start + step + count) % count;
    this.#showRegion();
    this.#announceRoute();
    this.#options.say(`Region ${this.#region + 1} of ${count}`);
  }

  toggleBoxes(): void {
    this.#boxesShown = !this.#boxesShown;
    this.#stage.element.classList.toggle('without-boxes', !this.#boxesShown);
    this.#markRegion();
  }

  toggleDiffPane(): void {
    this.#diffPaneShown = !this.#isDiffPaneShown;
    if (this.#capture !== undefined && this.#view !== undefined) {
      this.#showMode(this.#capture);
    }
  }

  zoomBy(direction: 'in' | 'out'): void {
    this.#stage.zoomBy(direction === 'in' ? zoomStep : 1 / zoomStep);
  }

  setZoom(zoom: Zoom): void {
    this.#stage.setZoom(zoom);
  }

  get #isDiffPaneShown(): boolean {
    return this.#diffPaneShown ?? this.#pictures.aligned !== undefined;
  }

  /** The index of the region that is looked at, if it is one in particular. */
  get currentRegion(): number | undefined {
    const [only, ...others] = this.#wanted;
    return this.#currentRegion ?? (others.length === 0 ? only : undefined);
  }

  /** Where the reader looks first: at what they came for, where the page moved, or at the largest change. */
  #findFocus(capture: CaptureReport): Focus | undefined {
    const regions = this.#regions;
    const chosen = regions[this.#currentRegion ?? -1];
    const [first, ...others] = this.#wanted.flatMap((index) => regions[index] ?? []);
    const wanted = chosen ?? (first === undefined ? undefined : joinRegions(first, others));
    const found = wanted ?? findInserted(regions) ?? findMoved(capture, this.#subject) ?? regions[0];
    return found === undefined ? undefined : focusOn(found);
  }

  /** What the reader goes to, one after the other. */
  get #regions(): readonly ChangedRegion[] {
    return this.#capture === undefined ? [] : [...changedRegions(this.#capture), ...uncountedShades(this.#capture)];
  }

  /** The chosen region, if this capture has it. */
  get #currentRegion(): number | undefined {
    return this.#region !== undefined && this.#region < this.#regions.length ? this.#region : undefined;
  }

  async #load({ files }: CaptureReport): Promise<ViewerPictures> {
    const { pictures } = this.#options;
    const load = async (path: string | undefined): Promise<LoadedPicture | undefined> =>
      path === undefined || pictures.find(path)?.kind !== 'whole' ? undefined : pictures.load(path);
    const layers = await Promise.all(layerKinds.map(async (kind) => [kind, await load(files[kind])] as const));
    const takes = (await Promise.all((files.takes ?? []).slice(0, mostTakes).map(load))).filter((take) => take !== undefined);
    return {
      ...Object.fromEntries(layers.filter(([, picture]) => picture !== undefined)),
      ...(takes.length < 2 ? {} : { takes }),
    };
  }

  /** What is shown in place of pictures that the page does not have. */
  async #createNote(capture: CaptureReport): Promise<HTMLElement> {
    const { pictures, data } = this.#options;
    const path = capture.files.actual ?? capture.files.baseline;
    return renderNote(capture, path === undefined ? undefined : await pictures.load(path), data);
  }

  #showPictures(capture: CaptureReport, picture: LoadedPicture): void {
    if (!this.#minimap.element.hidden) {
      this.#minimap.show(picture, this.#subject, this.#regions, this.#stage.room);
    }
    this.#showMode(capture, { x: 0, y: 0 });
  }

  #showMode(capture: CaptureReport, middle?: Point): void {
    const has = (kind: Shown): boolean => this.#pictures[kind] !== undefined;
    const name = isAvailable(modes[this.#mode], has) ? this.#mode : 'side-by-side';
    this.#view = modes[name].create(name === 'side-by-side' ? this.#chooseBesides() : this.#pictures, {
      changed: changedRegions(capture),
      shades: uncountedShades(capture),
      unstable: capture.unstableRegions ?? [],
      masked: maskedPlaces(capture),
    });
    this.#stage.element.dataset['mode'] = name;
    this.#stage.showView(this.#view, middle);
    this.#toolbar.showMode(name, has, this.#view.controls);
    this.#toolbar.showDiffPane(name === 'side-by-side' && (has('diff') || has('aligned')), this.#isDiffPaneShown);
    this.#markRegion();
  }

  /** Side by side: both pictures, and the difference, where the page moved the one that says what else changed. */
  #chooseBesides(): ViewerPictures {
    const { diff, aligned, ...both } = this.#pictures;
    const difference = aligned === undefined ? defined({ diff }) : { aligned };
    return this.#isDiffPaneShown || both.actual === undefined ? { ...both, ...difference } : both;
  }

  /** Goes to the region that was chosen, if one was. */
  #showRegion(): void {
    const region = this.#regions[this.#currentRegion ?? -1];
    if (region !== undefined) {
      this.#stage.lookAt(focusOn(region));
    }
    this.#markRegion();
  }

  #markRegion(): void {
    const current = this.#currentRegion;
    this.#stage.setCurrentRegions(new Set(current === undefined ? this.#wanted : [current]));
    this.#toolbar.showRegion(this.#regions, this.#currentRegion, this.#boxesShown);
  }

  #announceRoute(): void {
    this.#options.onRoute({
      mode: this.#mode,
      ...(this.#region === undefined ? {} : { region: this.#region + 1 }),
    });
  }
}

/** The uppermost rows that only one picture has: a banner explains whatever moved below it. */
function findInserted(regions: readonly ChangedRegion[]): ChangedRegion | undefined {
  return regions.filter(({ only }) => only !== undefined).toSorted((a, b) => a.y - b.y)[0];
}

/** The rows where a page moved first, in results that have no region there; undefined: it did not move. */
function findMoved({ comparison, files }: CaptureReport, { width, height }: Subject): ChangedRegion | undefined {
  const shift = comparison?.findings?.flatMap((finding) => (finding.kind === 'moved' ? finding.shifts : []))[0];
  if (shift === undefined || files.aligned === undefined || shift.y >= height) {
    return undefined;
  }
  return { x: 0, y: shift.y, width, height: Math.min(Math.abs(shift.byPx), height - shift.y), diffPixels: 0 };
}

function focusOn(region: ChangedRegion): Focus {
  return { ...region, baselineShift: region.baselineY === undefined ? 0 : region.baselineY - region.y };
}

function changedRegions({ comparison }: CaptureReport): readonly ChangedRegion[] {
  return comparison?.regions ?? [];
}

/** All pictures are laid on the union of their sizes. */
function subjectOf({ viewport }: CaptureReport, pictures: ViewerPictures): Subject {
  const all = Object.values(pictures).flat();
  return {
    width: Math.max(1, ...all.map(({ width }) => width)),
    height: Math.max(1, ...all.map(({ height }) => height)),
    deviceScale: viewport.scale,
  };
}

/** What the selectors of `mask` cover in either picture, in device pixels. */
function maskedPlaces({ masks = [], baselineMasks = [], viewport: { scale } }: CaptureReport): Rect[] {
  return [...masks, ...baselineMasks].flatMap(({ boxes }) =>
    boxes.map(({ x, y, width, height }) => ({ x: x * scale, y: y * scale, width: width * scale, height: height * scale })),
  );
}
