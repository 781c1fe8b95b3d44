import type { Point, Region, Size } from '../../../basics/geometry.ts';
import { h } from '../dom.ts';
import type { LoadedPicture } from '../pictures.ts';
import type { Camera } from './camera.ts';

/** How wide the map may be, in CSS pixels, and as a share of the room it has. */
const widest = { px: 88, share: 0.1 } as const;

/** A changed band is at least this high, or it would not be seen. */
const smallestBandPx = 3;

/** The whole of a tall page beside the stage, with its changed bands and what is in view. Click or drag to go there. */
export class Minimap {
  readonly element = h('div', {
    class: 'minimap',
    role: 'scrollbar',
    tabindex: '0',
    'aria-controls': 'stage',
    'aria-orientation': 'vertical',
    'aria-label': 'Map of the page',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });
  readonly #goTo: (middle: Point) => void;
  readonly #inView = h('div', { class: 'minimap-view' });
  #size: Size = { width: 1, height: 1 };
  #middle: Point = { x: 0, y: 0 };
  #page = 1;

  /** `goTo` is given a point of the picture. */
  constructor(goTo: (middle: Point) => void) {
    this.#goTo = goTo;
    const follow = (event: PointerEvent): void => {
      const { top, height } = this.element.getBoundingClientRect();
      goTo({ x: this.#size.width / 2, y: ((event.clientY - top) / height) * this.#size.height });
    };
    this.element.addEventListener('pointerdown', (event) => {
      this.element.setPointerCapture(event.pointerId);
      follow(event);
    });
    this.element.addEventListener('pointermove', (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) {
        follow(event);
      }
    });
    this.element.addEventListener('keydown', (event) => this.#scroll(event));
  }

  /** Draws the map of a picture beside a stage that has `room`, in CSS pixels. */
  show(picture: LoadedPicture, size: Size, regions: readonly Region[], room: Size): void {
    this.#size = size;
    const scale = Math.min(Math.min(widest.px, room.width * widest.share) / size.width, room.height / size.height);
    const percent = (value: number): string => `${(value / size.height) * 100}%`;
    const image = h('img', { src: picture.url, alt: '', draggable: 'false' });
    image.style.width = `${picture.width * scale}px`;
    image.style.height = `${picture.height * scale}px`;
    const bands = regions.map((region) => {
      const band = h('div', { class: 'minimap-band' });
      band.style.top = percent(region.y);
      band.style.height = `max(${percent(region.height)}, ${smallestBandPx}px)`;
      return band;
    });
    this.element.style.width = `${Math.max(size.width * scale, 24)}px`;
    this.element.style.height = `${size.height * scale}px`;
    this.element.replaceChildren(image, ...bands, this.#inView);
  }

  setCamera(camera: Camera, pane: Size): void {
    const { height } = this.#size;
    const seen = Math.min(pane.height / camera.scale, height);
    this.#page = seen;
    this.#middle = { x: camera.x + pane.width / 2 / camera.scale, y: camera.y + seen / 2 };
    this.#inView.style.top = `${(camera.y / height) * 100}%`;
    this.#inView.style.height = `${(seen / height) * 100}%`;
    const share = height > seen ? Math.round((camera.y / (height - seen)) * 100) : 0;
    this.element.setAttribute('aria-valuenow', String(share));
  }

  #scroll(event: KeyboardEvent): void {
    const { y } = this.#middle;
    const places: Partial<Record<string, number>> = {
      ArrowUp: y - this.#page / 4,
      ArrowDown: y + this.#page / 4,
      PageUp: y - this.#page,
      PageDown: y + this.#page,
      Home: 0,
      End: this.#size.height,
    };
    const wanted = places[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#goTo({ x: this.#middle.x, y: wanted });
    }
  }
}
