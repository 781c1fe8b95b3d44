import { joinOverlapping, type Rect, type Region } from '../basics/geometry.ts';
import type { CapturedImage } from '../capture/outcome.ts';
import type { ComparePair, CompareResult, Comparer } from '../compare/comparer.ts';
import type { Capture } from '../plan/capture.ts';

/** The pictures of one capture, taken one after the other, and what differs between them. */
export class Takes {
  readonly #capture: Capture;
  readonly #comparer: Comparer;
  readonly #taken: CapturedImage[] = [];
  readonly #different: CapturedImage[] = [];
  #moved: readonly Region[] = [];
  #movedLast: readonly Region[] = [];

  constructor(capture: Capture, comparer: Comparer) {
    this.#capture = capture;
    this.#comparer = comparer;
  }

  /** The places that differ between any two takes, in device pixels. */
  get moved(): readonly Region[] {
    return this.#moved;
  }

  /** The places that differ between the last two. */
  get movedLast(): readonly Region[] {
    return this.#movedLast;
  }

  get count(): number {
    return this.#taken.length;
  }

  /** The pictures that differ from each other, in the order in which they were taken; none when all are alike. */
  get different(): readonly CapturedImage[] {
    return this.#different.length > 1 ? this.#different : [];
  }

  async add(image: CapturedImage): Promise<void> {
    const found: (readonly Region[])[] = [];
    for (const { bytes } of this.#taken) {
      const result = await this.compareWith(bytes, image, [], { includeAntiAliasing: true });
      found.push(result.kind === 'compared' ? result.comparison.regions : []);
    }
    if (found.every((regions) => regions.length > 0)) {
      this.#different.push(image);
    }
    this.#taken.push(image);
    this.#movedLast = found.at(-1) ?? [];
    this.#moved = joinOverlapping([...this.#moved, ...found.flat()]);
  }

  /** Compares a take with another picture of the page, without the places in `masked`. */
  compareWith(
    other: Uint8Array,
    { bytes }: CapturedImage,
    masked: readonly Rect[],
    settings: Partial<Capture['compare']> = {},
  ): Promise<CompareResult> {
    const capture = this.#capture;
    // The comparer takes the bytes away, so it is given copies, made when their turn comes (a Buffer's slice is no copy).
    return this.#comparer.compare(
      async (): Promise<ComparePair> => ({
        baseline: new Uint8Array(other),
        actual: new Uint8Array(bytes),
        // In device pixels, as the places are.
        scale: 1,
        settings: { ...capture.compare, ...settings, mask: [...maskInDevicePixels(capture), ...masked] },
      }),
    );
  }
}

/** What the user masks, in device pixels. */
export function maskInDevicePixels({ compare, viewport: { scale } }: Capture): Rect[] {
  return compare.mask.map(({ x, y, width, height }) => ({
    x: x * scale,
    y: y * scale,
    width: width * scale,
    height: height * scale,
  }));
}
