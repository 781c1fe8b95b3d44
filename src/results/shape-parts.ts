import type { Rect, Size } from '../basics/geometry.ts';
import { maxRetakes } from '../basics/pace.ts';
import { type ErrorCodeName, errorCodes } from '../errors/codes.ts';
import { integer, matching, oneOf, record } from './shape.ts';

/** Above what a run of ours writes, and low enough that no report of it grows without bounds. */
export const limits = {
  captures: 10_000,
  regions: 10_000,
  timeline: 1000,
  /** Far more than ever share one commit. */
  pullRequests: 1000,
  takes: 1 + maxRetakes,
  /** Of a name, in characters; src/plan/safe-name.ts allows 120. */
  name: 500,
  /** Of a message or a fix, in characters. */
  words: 4000,
} as const;

export const code = oneOf(...(Object.keys(errorCodes) as ErrorCodeName[]));
/** In pixels: no picture is larger (src/compare/limits.ts), so none is made larger on the word of a report either. */
export const maxSide = 65_535;
export const coordinate = integer(0, maxSide);
export const side = integer(1, maxSide);
export const isTrue = oneOf(true);
export const colour = matching(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb');

export const size = record<Size>({ width: side, height: side });

export const place = record<Rect>({ x: coordinate, y: coordinate, width: side, height: side });
