import { joinOverlapping, type Rect, type Region } from '../basics/geometry.ts';
import type { CapturedImage } from '../capture/outcome.ts';
import type { ComparePair, CompareResult, Comparer } from '../compare/comparer.ts';
import type { Capture } from '../plan/capture.ts';
import type { MaskedParts, UnstableRegion } from '../results/model.ts';
import { maskBetween, masksOf } from './masks.ts';

/** What a comparison does not look at, in device pixels. */
export interface LeftOut {
  readonly masked?: readonly Rect[];
  /** Where no shade counts. */
  readonly shadeNoise?: readonly Rect[];
}

/** A picture of the page. */
export interface MaskedPicture {
  readonly bytes: Uint8Array;
  /** What the selectors of `mask` cover in it, where that is known. */
  readonly masks: readonly MaskedParts[] | undefined;
}

/** The pictures of one capture, taken one after the other, and what differs between them. */
export class Takes {
  readonly #capture: Capture;
  readonly #comparer: Comparer;
  readonly #taken: CapturedImage[] = [];
  readonly #different: CapturedImage[] = [];
  #moved: readonly Region[] = [];
  #movedLast: readonly Region[] = [];
  #shades: readonly Region[] = [];

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

  /** The places whose shade differs between any two takes, in device pixels. */
  get shades(): readonly Region[] {
    return this.#shades;
  }

  /** All places that differ between any two takes. */
  get unstable(): readonly UnstableRegion[] {
    return [...this.#moved, ...this.#shades.map((place) => ({ ...place, shade: true }) as const)];
  }

  get count(): number {
    return this.#taken.length;
  }

  /** The pictures that differ from each other, in the order in which they were taken; none when all are alike. */
  get different(): readonly CapturedImage[] {
    return this.#different.length > 1 ? this.#different : [];
  }

  async add(image: CapturedImage): Promise<void> {
    const { shades } = this.#capture.compare;
    const found: { readonly moved: readonly Region[]; readonly shades: readonly Region[] }[] = [];
    for (const { bytes, page } of this.#taken) {
      const settings = { includeAntiAliasing: true, ...(shades === undefined ? {} : { shades: 'warn' as const }) };
      const result = await this.compareWith({ bytes, masks: masksOf(this.#capture, page) }, image, { settings });
      found.push(
        result.kind === 'compared' ? { moved: result.comparison.regions, shades: result.shades } : { moved: [], shades: [] },
      );
    }
    if (found.every((one) => one.moved.length + one.shades.length > 0)) {
      this.#different.push(image);
    }
    this.#taken.push(image);
    this.#movedLast = found.at(-1)?.moved ?? [];
    this.#moved = joinOverlapping([...this.#moved, ...found.flatMap(({ moved }) => moved)]);
    this.#shades = joinOverlapping([...this.#shades, ...found.flatMap((one) => one.shades.map(placeOf))]);
  }

  /** What is not compared between a take and another picture by the user's word, in CSS pixels. */
  maskBetween(masks: MaskedPicture['masks'], { page }: CapturedImage): Rect[] {
    return maskBetween(this.#capture, masks, masksOf(this.#capture, page));
  }

  /** Compares a take with another picture of the page. */
  compareWith(
    other: MaskedPicture,
    image: CapturedImage,
    { masked = [], shadeNoise = [], settings = {} }: LeftOut & { readonly settings?: Partial<Capture['compare']> },
  ): Promise<CompareResult> {
    const capture = this.#capture;
    const { scale } = capture.viewport;
    // The comparer takes the bytes away, so it is given copies, made when their turn comes (a Buffer's slice is no copy).
    return this.#comparer.compare(
      async (): Promise<ComparePair> => ({
        baseline: new Uint8Array(other.bytes),
        actual: new Uint8Array(image.bytes),
        scale,
        settings: {
          ...capture.compare,
          ...settings,
          mask: [...this.maskBetween(other.masks, image), ...masked.map((place) => scaled(place, 1 / scale))],
        },
        shadeNoise,
      }),
    );
  }
}

function placeOf({ x, y, width, height, diffPixels }: Region): Region {
  return { x, y, width, height, diffPixels };
}

/** The same rectangle in pixels that are `by` times as many. */
export function scaled({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}
