import type { Rect, Size } from '../basics/geometry.ts';
import type { CompareSettings } from '../plan/capture.ts';
import type { ChangedRegion, Comparison, PageDrift, RegionTrace, Shade } from '../results/model.ts';
import type { DiffPicture } from './diff-canvas.ts';
import type { HatchRequest } from './hatch.ts';
import type { Which } from './unreadable.ts';

/** Two PNG files of one capture and how to compare them. */
export interface ComparePair {
  readonly baseline: Uint8Array;
  readonly actual: Uint8Array;
  /** Device pixels per CSS pixel, for the masks. */
  readonly scale: number;
  readonly settings: CompareSettings;
  /** Where shades are known to change by chance, in device pixels: none is told there. */
  readonly shadeNoise?: readonly Rect[];
}

/** What a comparison came to. A difference and a broken file are values; nothing a file holds makes it throw. */
export type CompareResult =
  | {
      readonly kind: 'compared';
      readonly status: 'unchanged' | 'changed';
      readonly comparison: Comparison;
      /** Plain areas whose colour changed by less than the threshold, largest first; none where nobody is to look. */
      readonly shades: readonly Shade[];
      /** Shows the difference; for `draw`. Present when at least one pixel differs, also within the allowances, or a shade changed. */
      readonly picture?: DiffPicture;
    }
  | {
      readonly kind: 'unreadable';
      readonly which: Which;
      /** A clause about "it" that names no file: "its CRC is wrong in chunk IDAT at byte 1234". */
      readonly reason: string;
    };

export type InspectResult =
  | { readonly kind: 'image'; readonly format: 'png' | 'jpeg'; readonly size: Size }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** How a page moved, and what differs besides. */
export interface Alignment {
  readonly drift: PageDrift;
  /** Differing pixels once the rows are laid on each other. */
  readonly diffPixels: number;
  /** A PNG: the capture faded, inserted rows green, removed ones orange, differing pixels red. */
  readonly picture: Uint8Array;
  /** What differs once the rows are laid on each other, in the order of `Comparison.regions`, and what it shows. */
  readonly regions: readonly ChangedRegion[];
  readonly traces: readonly RegionTrace[];
}

/** Whoever compares pictures: the pool of workers, or this thread. `compare` and `inspect` throw LocalFault when this machine cannot. */
export interface Comparer extends AsyncDisposable {
  /**
   * The verdict of the pinned pixelmatch, to the pixel; with `shades: fail` those of shades count as well. The pool **takes the bytes away**: both arrays may be empty
   * (their buffers transferred) as soon as it is called. Given as a function, the pair is loaded only when its turn
   * has come, so that a long queue holds no pictures.
   *
   * Files that are equal byte for byte are `unchanged` by their chunks and checksums alone, without being inflated, unless
   * they are damaged.
   */
  compare(pair: ComparePair | (() => Promise<ComparePair>)): Promise<CompareResult>;
  /**
   * Whether the bytes are a whole picture that can be decoded: of a PNG every byte is checked, of a JPEG its
   * structure. The bytes stay the caller's.
   */
  inspect(bytes: Uint8Array): Promise<InspectResult>;
  /**
   * How a page moved between two pictures that were compared before, where that explains most of their
   * `diffPixels`. The bytes stay the caller's. A second look never fails: what it cannot tell is undefined.
   */
  align(pair: ComparePair, diffPixels: number, pixelsPerCssPixel: number): Promise<Alignment | undefined>;
  /**
   * What the regions of two pictures show that were compared before, in their order. The bytes stay the caller's. A second
   * look never fails.
   */
  trace(pair: ComparePair, regions: readonly Rect[], pixelsPerCssPixel: number): Promise<readonly RegionTrace[] | undefined>;
  /**
   * The PNG of a difference, with unstable areas hatched. The pool takes the picture's rows away. Nothing but running out
   * of memory can fail here, and then there is no picture.
   * @param hatched in device pixels
   */
  draw(picture: DiffPicture, hatched: readonly Rect[]): Promise<Uint8Array | undefined>;
  /** Draws areas onto a capture that was compared before; undefined when it is too large for that. */
  hatch(request: HatchRequest): Promise<Uint8Array | undefined>;
  /** Whether a PNG that was inspected before shows nothing at all; see blank.ts for what that means. */
  isBlank(png: Uint8Array): Promise<boolean>;
}
