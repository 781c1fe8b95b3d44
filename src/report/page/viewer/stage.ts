import type { Point, Rect, Size } from '../../../basics/geometry.ts';
import { h } from '../dom.ts';
import {
  type Camera,
  centre,
  chooseColumns,
  fitWhole,
  fitWidth,
  keepInPane,
  lookAt,
  middleOf,
  panBy,
  withSurroundings,
  zoomAt,
} from './camera.ts';
import { listenForGestures } from './gestures.ts';
import type { ModeView } from './modes/mode.ts';

/** What the size on the screen follows, until the reader zooms freely. */
export type Zoom = 'change' | 'fit' | 'width' | 'pixels' | 'free';

/** Told when the camera moved. `pane` is the size of one pane in CSS pixels. */
export type StageListener = (camera: Camera, pane: Size, zoom: Zoom) => void;

/** What is shown: the size of the pictures' union in device pixels, and device pixels per CSS pixel of the page. */
export interface Subject extends Size {
  readonly deviceScale: number;
}

/** What is looked at. Where the page moved, it may lie some rows lower in the baseline, which is moved by as much then. */
export interface Focus extends Rect {
  readonly baselineShift?: number;
}

const nothing: Subject = { width: 1, height: 1, deviceScale: 1 };

/** Beyond this height to width a page without a change is shown by its width, since fitting it whole shows nothing. */
const tallAspect = 2.5;

/** Where the pictures are. All panes share one camera, so they zoom and move in step. */
export class Stage {
  readonly element = h('div', {
    class: 'stage',
    tabindex: '0',
    role: 'group',
    'aria-label': 'Pictures. Arrow keys move them, plus and minus zoom.',
  });
  readonly #listener: StageListener;
  #view: ModeView | undefined;
  #subject = nothing;
  #camera: Camera = { scale: 1, x: 0, y: 0 };
  #pane: Size = nothing;
  #zoom: Zoom = 'fit';
  /** What the reader came for. */
  #focus: Focus | undefined;

  constructor(listener: StageListener) {
    this.#listener = listener;
    listenForGestures(this.element, {
      pan: (dx, dy) => this.#move(panBy(this.#camera, dx, dy), this.#zoomOnceMoved),
      zoom: (factor, at) => this.#move(zoomAt(this.#camera, factor, at), 'free'),
    });
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  get isTall(): boolean {
    return this.#subject.height / this.#subject.width > tallAspect;
  }

  /** In CSS pixels. */
  get room(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  /** Other pictures are going to be shown: the next view starts at `focus`, if there is something to look at. */
  showSubject(subject: Subject, focus: Focus | undefined): void {
    this.#subject = subject;
    this.#focus = focus;
    this.#zoom = focus !== undefined ? 'change' : this.isTall ? 'width' : 'fit';
  }

  /** Shows the pictures in a mode: around `middle` if that is given, else where the reader was looking. */
  showView(view: ModeView, middle?: Point): void {
    const { x, y } = middle ?? middleOf(this.#camera, this.#pane);
    this.clear();
    this.#view = view;
    this.element.append(...view.panes.map(({ element }) => element));
    this.#layPanes();
    this.#pane = this.#measurePane();
    this.#aim(this.#zoom, { x, y });
  }

  /** Shows something that is no picture, such as why there is none. */
  showNote(note: HTMLElement): void {
    this.clear();
    this.element.append(note);
  }

  clear(): void {
    this.#view?.dispose?.();
    this.#view = undefined;
    this.element.replaceChildren();
  }

  setZoom(zoom: Zoom): void {
    this.#aim(zoom, middleOf(this.#camera, this.#pane));
  }

  zoomBy(factor: number): void {
    const { width, height } = this.#pane;
    this.#move(zoomAt(this.#camera, factor, { x: width / 2, y: height / 2 }), 'free');
  }

  /** Shows a region as large as it fits, and comes back to it with the zoom `change`. */
  lookAt(region: Focus): void {
    this.#focus = region;
    this.#aim('change', middleOf(this.#camera, this.#pane));
  }

  /** Puts a point of the picture into the middle, as the minimap asks for. */
  moveTo(middle: Point): void {
    this.#move(centre(middle, this.#camera.scale, this.#pane), this.#zoomOnceMoved);
  }

  /** Marks the regions that are looked at in every pane. */
  setCurrentRegions(indexes: ReadonlySet<number>): void {
    for (const { boxes } of this.#view?.panes ?? []) {
      boxes.setCurrent(indexes);
    }
  }

  #aim(zoom: Zoom, middle: Point): void {
    const at = zoom === 'change' ? this.#focus : undefined;
    const camera =
      at === undefined
        ? centre(middle, this.#scaleFor(zoom), this.#pane)
        : lookAt(at, this.#subject, this.#pane, this.#pageScale);
    this.#move(camera, zoom);
  }

  /** At which one CSS pixel of the page is one here. */
  get #pageScale(): number {
    return 1 / this.#subject.deviceScale;
  }

  #scaleFor(zoom: Zoom): number {
    const pageScale = this.#pageScale;
    switch (zoom) {
      // Nothing changed that could be looked at.
      case 'change':
      case 'fit':
        return fitWhole(this.#subject, this.#pane, pageScale);
      case 'width':
        return fitWidth(this.#subject, this.#pane, pageScale);
      case 'pixels':
        return 1 / devicePixelRatio;
      case 'free':
        return this.#camera.scale;
      default:
        return zoom satisfies never;
    }
  }

  /** Who moves away from the change wants to stay where they are. */
  get #zoomOnceMoved(): Zoom {
    return this.#zoom === 'change' ? 'free' : this.#zoom;
  }

  #resize(): void {
    const middle = middleOf(this.#camera, this.#pane);
    this.#layPanes();
    this.#pane = this.#measurePane();
    if (this.#view !== undefined) {
      this.#aim(this.#zoom, middle);
    }
  }

  #move(camera: Camera, zoom: Zoom): void {
    this.#zoom = zoom;
    this.#camera = keepInPane(camera, this.#subject, this.#pane);
    for (const pane of this.#view?.panes ?? []) {
      pane.setCamera(this.#camera, this.#focus?.baselineShift ?? 0);
    }
    this.#listener(this.#camera, this.#pane, zoom);
  }

  #layPanes(): void {
    const focus = this.#focus === undefined ? this.#subject : withSurroundings(this.#focus, this.#subject);
    const columns = chooseColumns(this.#view?.panes.length ?? 1, focus, this.room, this.#pageScale);
    this.element.style.setProperty('--columns', String(columns));
  }

  #measurePane(): Size {
    const glass = this.element.querySelector('[data-glass]') ?? this.element;
    return { width: Math.max(glass.clientWidth, 1), height: Math.max(glass.clientHeight, 1) };
  }
}
