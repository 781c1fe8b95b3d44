import type { Rect, Size } from '../basics/geometry.ts';

/** Pixels `start` (included) to `end` (excluded) of a row. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Rows `top` (included) to `bottom` (excluded), all with the same masked spans: disjoint, from left to right. */
interface MaskBand {
  readonly top: number;
  readonly bottom: number;
  readonly spans: readonly Span[];
}

const noSpans: readonly Span[] = [];

/** The masked pixels of a picture. */
export class Mask {
  readonly #bands: readonly MaskBand[];
  /** How many pixels are masked, each counted once however many rectangles cover it. */
  readonly pixels: number;

  /**
   * @param rects in CSS pixels; what lies beyond `size` is cut off
   * @param scale device pixels per CSS pixel; a device pixel that a rectangle covers in part is masked whole
   * @param size of the picture, in device pixels
   */
  constructor(rects: readonly Rect[], scale: number, size: Size) {
    this.#bands = bandsOf(rects.map((rect) => toDevicePixels(rect, scale, size)));
    this.pixels = this.#bands.reduce((sum, { top, bottom, spans }) => sum + (bottom - top) * lengthOf(spans), 0);
  }

  /** The masked spans of row `y`. */
  spansAt(y: number): readonly Span[] {
    return this.#bands.find(({ top, bottom }) => y >= top && y < bottom)?.spans ?? noSpans;
  }
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function toDevicePixels({ x, y, width, height }: Rect, scale: number, size: Size): Edges {
  // 100 × 1.1 is 110.00000000000001: not yet a part of the next pixel.
  const device = (css: number) => Math.round(css * scale * 1e6) / 1e6;
  return {
    left: clamp(Math.floor(device(x)), size.width),
    top: clamp(Math.floor(device(y)), size.height),
    right: clamp(Math.ceil(device(x + width)), size.width),
    bottom: clamp(Math.ceil(device(y + height)), size.height),
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** Cuts the picture at each upper and lower edge; between two cuts every row is masked alike. */
function bandsOf(rects: readonly Edges[]): MaskBand[] {
  const cuts = [...new Set(rects.flatMap(({ top, bottom }) => [top, bottom]))].sort((a, b) => a - b);
  return cuts.flatMap((top, index) => {
    const bottom = cuts[index + 1] ?? top;
    const spans = joinSpans(rects.filter((rect) => rect.top <= top && rect.bottom >= bottom));
    return bottom > top && spans.length > 0 ? [{ top, bottom, spans }] : [];
  });
}

function joinSpans(rects: readonly Edges[]): Span[] {
  const joined: Span[] = [];
  for (const { left, right } of [...rects].sort((a, b) => a.left - b.left)) {
    const last = joined.at(-1);
    if (last !== undefined && left <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, right) };
    } else if (right > left) {
      joined.push({ start: left, end: right });
    }
  }
  return joined;
}

/** How many pixels disjoint spans cover. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** What disjoint, ordered spans leave of the pixels from `start` to `end`. */
export function outside(spans: readonly Span[], { start, end }: Span): Span[] {
  const left: Span[] = [];
  let from = start;
  for (const span of spans) {
    const to = Math.min(span.start, end);
    if (to > from) {
      left.push({ start: from, end: to });
    }
    from = Math.max(from, span.end);
  }
  if (end > from) {
    left.push({ start: from, end });
  }
  return left;
}
