import { colourDistance } from './colour-distance.ts';

/**
 * What a colour is changed by in red, green and blue, each from −255 to 255, in one number: there is one for each pixel that
 * differs.
 */
export type Shift = number;

/** Pixels `start` (included) to `end` (excluded) of a row, all shifted by much the same. */
export interface Run {
  readonly start: number;
  readonly end: number;
  /** Of its first pixel. */
  readonly shift: Shift;
  /** Of its longest part without any change of colour: how long it is, and its colours as words of RGBA, whose lowest byte is red. */
  readonly plain: number;
  readonly from: number;
  readonly to: number;
}

export interface RunLimits {
  /** In pixels. */
  readonly shortest: number;
  /** Distances of the colours: beyond the first, up to the second. */
  readonly nearest: number;
  readonly farthest: number;
  /** Of the shifts in a run, in each of red, green and blue. */
  readonly unevenness: number;
}

/** The runs of a row, from left to right, each as long as it can be. Pixels are words of RGBA; translucent ones are in none. */
export function findRuns(baseline: Uint32Array, actual: Uint32Array, limits: RunLimits): Run[] {
  const runs: Run[] = [];
  const width = baseline.length;
  const { shortest, unevenness } = limits;
  let start = 0;
  let first = none;
  for (let x = 0; x < width; ) {
    const from = baseline[x] as number;
    const to = actual[x] as number;
    const shift = from === to ? none : shiftWithin(from, to, limits);
    if (first === none || shift === none || !isNear(shift, first, unevenness)) {
      if (first !== none && x - start >= shortest) {
        runs.push(createRun(baseline, actual, start, x, first));
      }
      start = x;
      first = shift;
    }
    // In a plain area every pixel is as the one before.
    x += 1;
    while (x < width && baseline[x] === from && actual[x] === to) {
      x += 1;
    }
  }
  if (first !== none && width - start >= shortest) {
    runs.push(createRun(baseline, actual, start, width, first));
  }
  return runs;
}

/** Whether two shifts are much the same. */
export function isNear(a: Shift, b: Shift, unevenness: number): boolean {
  return (
    Math.abs((a & 511) - (b & 511)) <= unevenness &&
    Math.abs(((a >> 9) & 511) - ((b >> 9) & 511)) <= unevenness &&
    Math.abs((a >> 18) - (b >> 18)) <= unevenness
  );
}

const none: Shift = -1;

/** What a pixel is shifted by, where both colours are opaque and their distance is within the limits. */
function shiftWithin(from: number, to: number, { nearest, farthest }: RunLimits): Shift {
  if ((from & to) >>> 24 !== 255) {
    return none;
  }
  const red = (to & 255) - (from & 255);
  const green = ((to >> 8) & 255) - ((from >> 8) & 255);
  const blue = ((to >> 16) & 255) - ((from >> 16) & 255);
  const distance = colourDistance(red, green, blue);
  return distance > nearest && distance <= farthest ? red + 255 + ((green + 255) << 9) + ((blue + 255) << 18) : none;
}

function createRun(baseline: Uint32Array, actual: Uint32Array, start: number, end: number, shift: Shift): Run {
  let plain = 0;
  let at = start;
  for (let left = start, x = start + 1; x <= end; x++) {
    if (x < end && baseline[x] === baseline[left] && actual[x] === actual[left]) {
      continue;
    }
    if (x - left > plain) {
      plain = x - left;
      at = left;
    }
    left = x;
  }
  return { start, end, shift, plain, from: baseline[at] as number, to: actual[at] as number };
}
