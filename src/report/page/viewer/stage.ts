import type { Point, Region, Size } from '../../../basics/geometry.ts';
import { h } from '../dom.ts';
import { type Camera, centre, chooseColumns, fitWhole, fitWidth, keepInPane, lookAt, middleOf, panBy, zoomAt } from './camera.ts';
import { listenForGestures } from './gestures.ts';
import type { ModeView } from './modes/mode.ts';

/** What the size on the screen follows, until the reader zooms freely. */
export type Zoom = 'fit' | 'width' | 'pixels' | 'free';

/** Told when the camera moved. `pane` is the size of one pane in CSS pixels. */
export type StageListener = (camera: Camera, pane: Size, zoom: Zoom) => void;

/** What is shown: the size of the pictures' union in device pixels, and device pixels per CSS pixel of the page. */
export interface Subject extends Size {
  readonly deviceScale: number;
}

const nothing: Subject = { width: 1, height: 1, deviceScale: 1 };

/** Beyond this height to width a page is shown by its width and scrolled, since fitting it whole shows nothing. */
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

  constructor(listener: StageListener) {
    this.#listener = listener;
    listenForGestures(this.element, {
      pan: (dx, dy) => this.#move(panBy(this.#camera, dx, dy), this.#zoom),
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

  /** Other pictures are going to be shown: the next view starts from a fresh camera. */
  showSubject(subject: Subject): void {
    this.#subject = subject;
    this.#zoom = this.isTall ? 'width' : 'fit';
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

  /** Puts a region into the middle. */
  lookAt(region: Region): void {
    this.#move(lookAt(region, this.#subject, this.#pane, 1 / this.#subject.deviceScale), 'free');
  }

  /** Brings a region into view at the present size: its middle, or its beginning when it is higher than the pane. */
  scrollTo({ x, y, width, height }: Region): void {
    const seen = this.#pane.height / this.#camera.scale;
    // A tenth of the pane above shows what the region comes after.
    const top = height > seen ? y - seen / 10 : y + height / 2 - seen / 2;
    this.moveTo({ x: x + width / 2, y: top + seen / 2 });
  }

  /** Puts a point of the picture into the middle, as the minimap asks for. */
  moveTo(middle: Point): void {
    this.#move(centre(middle, this.#camera.scale, this.#pane), this.#zoom);
  }

  /** Marks the region the reader jumped to in every pane. */
  setCurrentRegion(index: number | undefined): void {
    for (const { boxes } of this.#view?.panes ?? []) {
      boxes.setCurrent(index);
    }
  }

  #aim(zoom: Zoom, middle: Point): void {
    const scale = this.#scaleFor(zoom);
    this.#move(centre(middle, scale, this.#pane), zoom);
  }

  #scaleFor(zoom: Zoom): number {
    const pageScale = 1 / this.#subject.deviceScale;
    switch (zoom) {
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
      pane.setCamera(this.#camera);
    }
    this.#listener(this.#camera, this.#pane, zoom);
  }

  #layPanes(): void {
    const columns = chooseColumns(this.#view?.panes.length ?? 1, this.#subject, this.room);
    this.element.style.setProperty('--columns', String(columns));
  }

  #measurePane(): Size {
    const glass = this.element.querySelector('[data-glass]') ?? this.element;
    return { width: Math.max(glass.clientWidth, 1), height: Math.max(glass.clientHeight, 1) };
  }
}
