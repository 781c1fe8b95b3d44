import fc from 'fast-check';
import { crop, type Pixels } from './pixels.ts';

/** Pages in small: even areas, soft edges, noise; few colours, so that the anti-aliasing test has something to decide. */
const backgrounds = ['even', 'gradient', 'edges', 'noise', 'checker'] as const;

type Colour = readonly [number, number, number, number];

/** Every threshold there is, with the ends and the default met often. */
export const thresholds = fc.oneof(fc.constantFrom(0, 0.1, 1), fc.double({ min: 0, max: 1, noNaN: true }));

/** Masks of small pictures, some of them beyond the borders. */
export const rects = fc.array(
  fc.record({
    x: fc.integer({ min: -3, max: 20 }),
    y: fc.integer({ min: -3, max: 20 }),
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 3 },
);
/** What a picture may lack of another's size. */
export const cut = fc.record({ columns: fc.nat(6), rows: fc.nat(6) });

export function cutOff(pixels: Pixels, { columns, rows }: { columns: number; rows: number }): Pixels {
  return crop(pixels, { width: Math.max(1, pixels.width - columns), height: Math.max(1, pixels.height - rows) });
}

/** How translucent a picture may be. */
export type Alphas = 'opaque' | 'any';

function arbitraryColour(alphas: Alphas): fc.Arbitrary<Colour> {
  const sample = fc.oneof(fc.constantFrom(0, 255, 128), fc.nat(255));
  return fc.tuple(sample, sample, sample, alphas === 'opaque' ? fc.constant(255) : fc.constantFrom(255, 255, 0, 1, 128, 254));
}

/** A picture and a second one of the same size that differs from it here and there. */
export function arbitraryPair(maxWidth: number, alphas: Alphas, maxHeight = maxWidth): fc.Arbitrary<{ a: Pixels; b: Pixels }> {
  return fc
    .record({
      width: fc.integer({ min: 1, max: maxWidth }),
      height: fc.integer({ min: 1, max: maxHeight }),
      background: fc.constantFrom(...backgrounds),
      colours: fc.array(arbitraryColour(alphas), { minLength: 2, maxLength: 4 }),
      seed: fc.nat(),
      changes: fc.array(arbitraryChange(alphas), { maxLength: 6 }),
    })
    .map(({ width, height, background, colours, seed, changes }) => {
      const a = { width, height, rgba: new Uint8Array(width * height * 4) };
      for (let index = 0; index < width * height; index++) {
        a.rgba.set(colourAt(index % width, Math.floor(index / width), background, colours, seed), index * 4);
      }
      const b = { ...a, rgba: a.rgba.slice() };
      for (const change of changes) {
        apply(b, change);
      }
      return { a, b };
    });
}

function colourAt(
  x: number,
  y: number,
  background: (typeof backgrounds)[number],
  colours: readonly Colour[],
  seed: number,
): Colour {
  const pick = (n: number) => colours[n % colours.length]!;
  switch (background) {
    case 'even':
      return pick(0);
    case 'gradient':
      return mix(pick(0), pick(1), ((x * 3 + y * 5) % 64) / 63);
    case 'edges': {
      // Lines with a soft edge on one side, as text has them.
      const at = (x + (seed % 3) * y) % 7;
      return at < 3 ? pick(0) : at === 3 ? mix(pick(0), pick(1), 0.5) : pick(1);
    }
    case 'noise':
      return pick(hash(x, y, seed));
    case 'checker':
      return pick(x + y);
  }
}

function mix(a: Colour, b: Colour, share: number): Colour {
  return a.map((sample, index) => Math.round(sample + (b[index]! - sample) * share)) as unknown as Colour;
}

function hash(x: number, y: number, seed: number): number {
  return Math.imul(Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b) ^ seed, 0xc2b2ae35) >>> 16;
}

interface Change {
  readonly kind: 'pixel' | 'row' | 'column' | 'rectangle' | 'nudge' | 'shift';
  /** Where, as shares of the sides, so that borders and corners are met often. */
  readonly at: readonly [number, number];
  readonly size: readonly [number, number];
  readonly colour: Colour;
  readonly delta: number;
}

function arbitraryChange(alphas: Alphas): fc.Arbitrary<Change> {
  const share = fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true }));
  return fc.record({
    kind: fc.constantFrom('pixel', 'row', 'column', 'rectangle', 'nudge', 'shift'),
    at: fc.tuple(share, share),
    size: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
    colour: arbitraryColour(alphas),
    delta: fc.integer({ min: -40, max: 40 }),
  });
}

function apply({ width, height, rgba }: Pixels, { kind, at, size, colour, delta }: Change): void {
  const [x, y] = [Math.round(at[0] * (width - 1)), Math.round(at[1] * (height - 1))];
  const put = (px: number, py: number, value: ArrayLike<number>) => {
    if (px < width && py < height) {
      rgba.set(value, (py * width + px) * 4);
    }
  };
  const old = (px: number, py: number) => rgba.slice((py * width + px) * 4, (py * width + px) * 4 + 4);
  if (kind === 'pixel') {
    put(x, y, colour);
  } else if (kind === 'row') {
    for (let px = 0; px < width; px++) {
      put(px, y, colour);
    }
  } else if (kind === 'column') {
    for (let py = 0; py < height; py++) {
      put(x, py, colour);
    }
  } else if (kind === 'rectangle') {
    forArea(x, y, size, (px, py) => put(px, py, colour));
  } else if (kind === 'nudge') {
    forArea(x, y, size, (px, py) =>
      put(
        px,
        py,
        old(px, py).map((sample, index) => (index === 3 ? sample : Math.min(255, Math.max(0, sample + delta)))),
      ),
    );
  } else {
    rgba.copyWithin(4 * (y * width), 4 * (y * width + 1), 4 * (y + 1) * width);
  }
}

function forArea(x: number, y: number, [columns, rows]: readonly [number, number], use: (x: number, y: number) => void): void {
  for (let dy = 0; dy < rows; dy++) {
    for (let dx = 0; dx < columns; dx++) {
      use(x + dx, y + dy);
    }
  }
}
