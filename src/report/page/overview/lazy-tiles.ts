import type { CaptureReport } from '../../../results/model.ts';
import type { Pictures } from '../pictures.ts';
import { clearTile, drawTile } from './tile-picture.ts';

/** Tiles are drawn this far before they come into view. */
const margin = '600px 0px';

/** More at a time would only make the first one later. */
const drawnAtOnce = 2;

/** So many tiles stay drawn, for scrolling back and printing: some 20 MB, four times that on a dense screen. */
const keptTiles = 200;

/** Draws the pictures of tiles near the view, and only those, so that a thousand of them cost little. */
export class LazyTiles {
  readonly #pictures: Pictures;
  readonly #captures = new Map<Element, CaptureReport>();
  readonly #near = new Set<HTMLCanvasElement>();
  /** Oldest first. */
  readonly #drawn = new Set<HTMLCanvasElement>();
  readonly #observer = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: margin });
  #drawing = 0;

  constructor(pictures: Pictures) {
    this.#pictures = pictures;
  }

  add(canvas: HTMLCanvasElement, capture: CaptureReport): void {
    this.#captures.set(canvas, capture);
    this.#observer.observe(canvas);
  }

  #onSight(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (target instanceof HTMLCanvasElement) {
        if (isIntersecting) {
          this.#near.add(target);
        } else {
          this.#near.delete(target);
        }
      }
    }
    this.#drawNext();
  }

  #drawNext(): void {
    const canvas = [...this.#near].find((near) => !this.#drawn.has(near));
    const capture = canvas === undefined ? undefined : this.#captures.get(canvas);
    if (canvas === undefined || capture === undefined || this.#drawing >= drawnAtOnce) {
      return;
    }
    this.#drawn.add(canvas);
    this.#clearOldest();
    this.#drawing += 1;
    drawTile(canvas, capture, this.#pictures)
      .catch(() => canvas.classList.add('undrawn'))
      .finally(() => {
        this.#drawing -= 1;
        this.#drawNext();
      });
    this.#drawNext();
  }

  #clearOldest(): void {
    const far = [...this.#drawn].filter((canvas) => !this.#near.has(canvas));
    for (const canvas of far.slice(0, Math.max(this.#drawn.size - keptTiles, 0))) {
      this.#drawn.delete(canvas);
      clearTile(canvas);
    }
  }
}
