/** Rows `top` (included) to `bottom` (excluded). */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** pixelmatch looks at up to two rows above and below a pixel: at its neighbours, and at theirs. */
export const reach = 2;

/**
 * The bands of rows from `from` to `to` (excluded) for which `differs` holds. Those that would share rows of padding, four
 * rows or fewer apart, are one.
 */
export function* findBands(differs: (y: number) => boolean, from: number, to: number): Generator<Band> {
  let top: number | undefined;
  let bottom = from;
  for (let y = from; y < to; y++) {
    if (!differs(y)) {
      continue;
    }
    if (top !== undefined && y - bottom > 2 * reach) {
      yield { top, bottom };
      top = y;
    }
    top ??= y;
    bottom = y + 1;
  }
  if (top !== undefined) {
    yield { top, bottom };
  }
}

/** The band with the rows that pixelmatch needs around it, as far as a picture of `height` has them. */
export function padded({ top, bottom }: Band, height: number): Band {
  return { top: Math.max(0, top - reach), bottom: Math.min(height, bottom + reach) };
}
