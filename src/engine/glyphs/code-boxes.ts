import { type Contour, writeTrueType } from './true-type.ts';

/** Family of the font; the page is told to use it after its own ones. */
export const codeBoxFamily = 'visual-capture-code-boxes';

/** In units of the em. */
const unitsPerEm = 1000;
const frame = { left: 40, right: 960, bottom: -160, top: 840, thickness: 40 } as const;

/** The digits on a grid of 3 × 5 points, row by row from the top. */
const digits: Readonly<Record<string, string>> = {
  0: '111 101 101 101 111',
  1: '010 110 010 010 111',
  2: '111 001 111 100 111',
  3: '111 001 111 001 111',
  4: '101 101 111 001 001',
  5: '111 100 111 001 111',
  6: '111 100 111 101 111',
  7: '111 001 001 010 010',
  8: '111 101 111 101 111',
  9: '111 101 111 001 111',
  a: '111 101 111 101 101',
  b: '110 101 110 101 110',
  c: '111 100 100 100 111',
  d: '110 101 101 101 110',
  e: '111 100 111 100 111',
  f: '111 100 111 100 100',
};

/**
 * A font that draws each of the characters as a box with its number, as Firefox draws what it has no font for. So another
 * text is another picture also where the machine has no font for either.
 */
export function writeCodeBoxFont(codePoints: readonly number[]): Buffer {
  const sorted = [...new Set(codePoints)].sort((one, other) => one - other);
  return writeTrueType(
    sorted.map((codePoint) => ({ codePoint, contours: drawBox(codePoint) })),
    { family: codeBoxFamily, unitsPerEm, advance: unitsPerEm, ascent: 880, descent: 200 },
  );
}

function drawBox(codePoint: number): Contour[] {
  const { left, right, bottom, top, thickness } = frame;
  const text = codePoint.toString(16).padStart(4, '0');
  const code = text.length > 4 ? text.padStart(6, '0') : text;
  const perRow = code.length / 2;
  const inner = rectangle(left + thickness, bottom + thickness, right - thickness, top - thickness);
  const cellWidth = (right - left - 3 * thickness) / perRow;
  const cellHeight = (top - bottom - 3 * thickness) / 2;
  return [
    rectangle(left, bottom, right, top),
    // The other way round, so that it is cut out.
    inner.toReversed(),
    ...[...code].flatMap((digit, index) =>
      drawDigit(
        digit,
        left + 1.5 * thickness + (index % perRow) * cellWidth,
        top - 1.5 * thickness - Math.floor(index / perRow) * cellHeight,
        cellWidth / 4,
        cellHeight / 6,
      ),
    ),
  ];
}

/** A digit as squares; `x` and `y` are the upper left corner of its cell. */
function drawDigit(digit: string, x: number, y: number, width: number, height: number): Contour[] {
  const rows = (digits[digit] ?? '').split(' ');
  return rows.flatMap((row, down) =>
    [...row].flatMap((point, across) => {
      const left = x + (across + 0.5) * width;
      const top = y - (down + 0.5) * height;
      return point === '1' ? [rectangle(left, top - height, left + width, top)] : [];
    }),
  );
}

/** Clockwise, which is filled. */
function rectangle(left: number, bottom: number, right: number, top: number): Contour {
  const [l, b, r, t] = [left, bottom, right, top].map(Math.round) as [number, number, number, number];
  return [
    [l, b],
    [l, t],
    [r, t],
    [r, b],
  ];
}
