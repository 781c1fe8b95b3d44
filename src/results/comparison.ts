import type { Rect, Region, Size } from '../basics/geometry.ts';
import type { ErrorCodeName } from '../errors/codes.ts';

/** How two pictures differ. */
export interface Comparison {
  readonly diffPixels: number;
  /** diffPixels as a share of the union's pixels, masked ones included. */
  readonly diffRatio: number;
  readonly maskedPixels: number;
  readonly baselineSize: Size;
  readonly actualSize: Size;
  /**
   * Largest number of differing pixels first. Where the page moved (a finding says so), they are what differs once the rows are
   * laid on each other again, in place of all that lies elsewhere now.
   */
  readonly regions: readonly ChangedRegion[];
  /** What each of the regions shows, in their order. Results that hold all captures of a run have groups instead. */
  readonly traces?: readonly RegionTrace[];
  /** What the numbers do not say, in the order it is told. results.json has it in words as well (src/report/describe-findings.ts). */
  readonly findings?: readonly Finding[];
}

/** Where two pictures differ. */
export interface ChangedRegion extends Region {
  /** The only picture that has these rows: inserted ones are in the capture, removed ones lie where the baseline has them. */
  readonly only?: 'actual' | 'baseline';
  /** How far from the top of the baseline it lies there, where that is another height. */
  readonly baselineY?: number;
}

/** What a changed region shows, by which the same change is known again on other captures (src/results/groups). */
export interface RegionTrace {
  /** Of the pixels that differ, in both pictures, and their places within the region; equal for the same change alone. */
  readonly hash: string;
  /** Its rows, by which a part of it is known again (row-runs.ts); absent for what is small. */
  readonly rows?: string;
  /** The last rows, where `rows` has the first ones only. */
  readonly tail?: string;
  readonly look: ChangeLook;
}

/** By which changes are known that are alike and not the same. Colours have five bits of red, green and blue; 32768: no pixel. */
export interface ChangeLook extends ChangeContent {
  /** Up to two colours that most of the differing pixels had, and those that they have now. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Each colour turned into one other, as where text has another colour. */
  readonly recoloured: boolean;
  /** How full the cells of a grid of 4 × 4 are, from 0 to f, row by row. */
  readonly shape: string;
}

/** What of a change is there before and after. */
export interface ChangeContent {
  /** Of what differs, by its width in each row: what is in the other picture as well, at another place. */
  readonly movedPercent: number;
  /** How far to the right most of it moved, in device pixels. */
  readonly movedPx: number;
  /** How many words differ; pictures and borders that hang together count as one each. */
  readonly wordsBefore: number;
  readonly wordsAfter: number;
}

export type Finding =
  /** The difference did not come back when the capture was taken again; `diffPixels` are those of the take before. */
  | { readonly kind: 'not-repeated'; readonly diffPixels: number }
  /** What differs between two takes and is proven noise is left out of the comparison; `share` of the picture, 0 to 1. */
  | { readonly kind: 'left-out'; readonly places: number; readonly share: number }
  /** Proven noise is more of the picture than may be left out, so all of it counts. */
  | ({ readonly kind: 'too-unstable'; readonly share: number; readonly allowedShare: number } & LargestPlace)
  /** What differs between two takes and is not proven to be noise counts. */
  | ({ readonly kind: 'new-noise'; readonly places: number } & LargestPlace)
  /** It could not be taken again, so what differs counts. */
  | { readonly kind: 'not-retaken'; readonly code: ErrorCodeName }
  /** It was not taken again, since most captures of the run differ and so did the `sample` that were taken again. */
  | { readonly kind: 'taken-once'; readonly sample: number }
  /** With `update-baselines: browser`: whether the browser alone has changed the picture. */
  | BrowserFinding
  /** The file of one of the two pictures is damaged where it does not matter; `reason` is a clause about it. */
  | { readonly kind: 'damaged-file'; readonly which: 'baseline' | 'actual'; readonly reason: string }
  /**
   * Plain areas changed evenly, by less than the threshold sees; `places` of them, which make up `share` of the picture. Where
   * it `counts`, their pixels are among `diffPixels`.
   */
  | {
      readonly kind: 'shade';
      readonly counts: boolean;
      readonly places: number;
      readonly share: number;
      /** Largest first. */
      readonly shades: readonly Shade[];
    }
  | PageDrift;

/** `browser` is that by which the baseline was taken, e.g. `Chrome 153.0.8010.0`. */
export type BrowserFinding =
  /** Under it the page equals its baseline, so the browser alone has changed the picture. */
  | { readonly kind: 'only-browser'; readonly browser: string }
  /** Under it the page differs from its baseline as well. */
  | { readonly kind: 'not-only-browser'; readonly browser: string }
  /** It could not be captured with it. */
  | { readonly kind: 'earlier-browser-failed'; readonly browser: string; readonly code: ErrorCodeName }
  /** It is the browser of this run. */
  | { readonly kind: 'same-browser'; readonly browser: string }
  /** Nobody knows it, or it is none that can be downloaded. */
  | { readonly kind: 'unknown-browser' };

/** A plain area whose colour changed; `diffPixels` of its pixels did. The colours are written `#rrggbb`. */
export interface Shade extends Region {
  readonly from: string;
  readonly to: string;
}

/** Most shades that are listed; the others are counted. */
export const listedShades = 20;

/** Where a page moves most, and what can be done about it. */
export interface LargestPlace {
  /** In device pixels. */
  readonly largest: Rect;
  readonly waysOut: readonly SteadyingInput[];
}

/** Inputs by which a page is kept from moving, or what moves from counting, the handiest first; not every version has all. */
export const steadyingInputs = ['mask', 'hide', 'clock'] as const;
export type SteadyingInput = (typeof steadyingInputs)[number];

/** The page moved, or grew at its end, and little else differs. */
export interface PageDrift {
  readonly kind: 'moved';
  /** The first of them, from the top. */
  readonly shifts: readonly Shift[];
  /** How many there are. */
  readonly shiftCount: number;
  /** How much longer the capture is at its end, beyond what the shifts made it; negative: shorter. */
  readonly endPx: number;
  /** Groups of pixels that differ once the rows are laid on each other. */
  readonly blocks: number;
}

/** Most shifts that are listed; the others are counted. */
export const listedShifts = 3;

/** From `y` of the baseline on, down to the next shift, the page lies `byPx` lower in the capture; negative: higher. */
export interface Shift {
  readonly y: number;
  readonly byPx: number;
}
