import type { Point, Rect, Region } from '../../../basics/geometry.ts';
import type { CaptureReport } from '../../../results/model.ts';
import { uncountedShades } from '../../../results/shade-finding.ts';
import type { PageData } from '../../html/page-data.ts';
import { h } from '../dom.ts';
import type { LoadedPicture, Pictures } from '../pictures.ts';
import type { ModeName, Route } from '../route.ts';
import type { ShortcutName } from '../shortcuts.ts';
import { renderFacts } from './facts.ts';
import { Minimap } from './minimap.ts';
import type { ModeView, Shown, ViewerPictures } from './modes/mode.ts';
import { isAvailable, modes } from './modes/modes.ts';
import { renderNote } from './notes.ts';
import type { LayerKind } from './pane.ts';
import { Stage, type Subject, type Zoom } from './stage.ts';
import { renderTimeline } from './timeline.ts';
import { Toolbar } from './toolbar.ts';

export interface ViewerOptions {
  readonly pictures: Pictures;
  readonly data: Pick<PageData, 'docs' | 'limitBytes'>;
  /** A button of the toolbar was pressed. */
  readonly run: (name: ShortcutName) => void;
  /** The reader chose another mode or region. */
  readonly onRoute: (route: Route) => void;
  readonly say: (text: string) => void;
}

const layerKinds = ['baseline', 'actual', 'diff', 'aligned'] as const satisfies readonly LayerKind[];
/** More panes beside each other show nothing. */
const mostTakes = 4;
const zoomStep = 1.25;

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
  #boxesShown = true;
  #diffPaneShown = true;

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

  /** Shows a capture as its route asks. Resolves when its pictures are there. */
  async open(capture: CaptureReport, { mode, region }: Route): Promise<void> {
    this.#capture = capture;
    this.#mode = mode ?? this.#mode;
    this.#region = region === undefined ? undefined : region - 1;
    this.#stage.element.setAttribute('aria-busy', 'true');
    const timeline = renderTimeline(capture);
    this.#details.replaceChildren(renderFacts(capture), ...(timeline === undefined ? [] : [timeline]));
    const pictures = await this.#load(capture);
    const picture = pictures.actual ?? pictures.baseline;
    const note = picture === undefined ? await this.#createNote(capture) : undefined;
    // The reader may have gone on while the pictures were decoded.
    if (this.#capture !== capture) {
      return;
    }
    this.#pictures = pictures;
    this.#subject = subjectOf(capture, pictures);
    this.#stage.showSubject(this.#subject);
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
    this.#diffPaneShown = !this.#diffPaneShown;
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

  /** What the reader goes to, one after the other. */
  get #regions(): readonly Region[] {
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
    // Of a page that is not seen whole, the largest change is what the reader came for.
    const [largest] = this.#stage.isTall ? this.#regions : [];
    if (largest !== undefined) {
      this.#stage.scrollTo(largest);
    }
    this.#showRegion();
  }

  #showMode(capture: CaptureReport, middle?: Point): void {
    const has = (kind: Shown): boolean => this.#pictures[kind] !== undefined;
    const name = isAvailable(modes[this.#mode], has) ? this.#mode : 'side-by-side';
    const { diff: _, ...withoutDiff } = this.#pictures;
    const leaveDiff = name === 'side-by-side' && !this.#diffPaneShown;
    this.#view = modes[name].create(leaveDiff ? withoutDiff : this.#pictures, {
      changed: changedRegions(capture),
      shades: uncountedShades(capture),
      unstable: capture.unstableRegions ?? [],
      masked: maskedPlaces(capture),
    });
    this.#stage.element.dataset['mode'] = name;
    this.#stage.showView(this.#view, middle);
    this.#toolbar.showMode(name, has, this.#view.controls);
    this.#toolbar.showDiffPane(name === 'side-by-side' && has('diff'), this.#diffPaneShown);
    this.#markRegion();
  }

  /** Goes to the region that was chosen, if one was. */
  #showRegion(): void {
    const region = this.#regions[this.#currentRegion ?? -1];
    if (region !== undefined) {
      this.#stage.lookAt(region);
    }
    this.#markRegion();
  }

  #markRegion(): void {
    this.#stage.setCurrentRegion(this.#currentRegion);
    this.#toolbar.showRegion(this.#regions, this.#currentRegion, this.#boxesShown);
  }

  #announceRoute(): void {
    this.#options.onRoute({
      ...(this.#capture === undefined ? {} : { id: this.#capture.id }),
      mode: this.#mode,
      ...(this.#region === undefined ? {} : { region: this.#region + 1 }),
    });
  }
}

function changedRegions({ comparison }: CaptureReport): readonly Region[] {
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
