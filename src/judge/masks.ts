import type { Rect } from '../basics/geometry.ts';
import type { Capture } from '../plan/capture.ts';
import type { MaskedParts } from '../results/model.ts';
import type { PageFacts } from '../results/page-facts.ts';

type Masking = Pick<Capture, 'settings'>;

/** What the selectors of `mask` cover in a picture; undefined: there are none, or the engine did not tell. */
export function masksOf({ settings }: Masking, page: PageFacts | undefined): readonly MaskedParts[] | undefined {
  const { maskSelectors = [] } = settings.page ?? {};
  const boxes = page?.masks;
  return boxes === undefined || boxes.length !== maskSelectors.length
    ? undefined
    : maskSelectors.map((selector, index) => ({ selector, boxes: boxes[index] ?? [] }));
}

/** What a baseline tells of the selectors that `mask` has now: what the others cover is compared again. Undefined: nothing. */
export function maskedNow({ settings }: Masking, masks: readonly MaskedParts[] = []): readonly MaskedParts[] | undefined {
  const { maskSelectors = [] } = settings.page ?? {};
  const parts = masks.filter(({ selector }) => maskSelectors.includes(selector));
  return parts.length === 0 ? undefined : parts;
}

/**
 * What is not compared between two pictures of a capture, in CSS pixels: the rectangles of `mask`, and what its selectors
 * cover in either.
 */
export function maskBetween(
  capture: Masking & Pick<Capture, 'compare'>,
  ...pictures: readonly (readonly MaskedParts[] | undefined)[]
): Rect[] {
  const parts = pictures.flatMap((masks) => maskedNow(capture, masks) ?? []);
  return [...capture.compare.mask, ...parts.flatMap(({ boxes }) => boxes)];
}

/** Whether a picture tells of selectors that its baseline says nothing about. */
export function knowsMore(picture: readonly MaskedParts[] = [], baseline: readonly MaskedParts[] = []): boolean {
  return picture.some(({ selector }) => !baseline.some((known) => known.selector === selector));
}
