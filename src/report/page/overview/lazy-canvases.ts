import { clearCanvas } from './crop.ts';

/** Canvases are drawn this far before they come into view. */
const margin = '600px 0px';

/** More at a time would only make the first one later. */
const drawnAtOnce = 2;

/** So many canvases stay drawn, for scrolling back and printing: some 20 MB of tiles, four times that on a dense screen. */
const keptCanvases = 200;

type Draw = (canvas: HTMLCanvasElement) => Promise<void>;

/** Draws what is near the view, and only that, so that a thousand pictures cost little. */
export class LazyCanvases {
  readonly #draws = new Map<Element, Draw>();
  readonly #near = new Set<HTMLCanvasElement>();
  /** Oldest first. */
  readonly #drawn = new Set<HTMLCanvasElement>();
  readonly #observer = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: margin });
  #drawing = 0;

  add(canvas: HTMLCanvasElement, draw: Draw): void {
    this.#draws.set(canvas, draw);
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
    const draw = canvas === undefined ? undefined : this.#draws.get(canvas);
    if (canvas === undefined || draw === undefined || this.#drawing >= drawnAtOnce) {
      return;
    }
    this.#drawn.add(canvas);
    this.#clearOldest();
    this.#drawing += 1;
    draw(canvas)
      .catch(() => canvas.classList.add('undrawn'))
      .finally(() => {
        this.#drawing -= 1;
        this.#drawNext();
      });
    this.#drawNext();
  }

  #clearOldest(): void {
    const far = [...this.#drawn].filter((canvas) => !this.#near.has(canvas));
    for (const canvas of far.slice(0, Math.max(this.#drawn.size - keptCanvases, 0))) {
      this.#drawn.delete(canvas);
      clearCanvas(canvas);
    }
  }
}
