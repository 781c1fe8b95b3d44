import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Camera,
  centre,
  chooseColumns,
  fitWhole,
  fitWidth,
  keepInPane,
  lookAt,
  middleOf,
  panBy,
  zoomAt,
} from '../../../src/report/page/viewer/camera.ts';

const side = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: side, height: side });
const pane = fc.record({ width: fc.integer({ min: 50, max: 4000 }), height: fc.integer({ min: 50, max: 4000 }) });
const camera: fc.Arbitrary<Camera> = fc.record({
  scale: fc.double({ min: 0.02, max: 16, noNaN: true }),
  x: fc.double({ min: -5000, max: 25_000, noNaN: true }),
  y: fc.double({ min: -5000, max: 25_000, noNaN: true }),
});
const point = fc.record({ x: fc.integer({ min: 0, max: 4000 }), y: fc.integer({ min: 0, max: 4000 }) });

/** The picture's point that is seen at a point of the pane. */
function seenAt({ scale, x, y }: Camera, at: { x: number; y: number }): { x: number; y: number } {
  return { x: x + at.x / scale, y: y + at.y / scale };
}

describe('whatever the picture, the pane and the camera', () => {
  test('zooming keeps the point under the pointer', () => {
    fc.assert(
      fc.property(camera, fc.double({ min: 0.5, max: 2, noNaN: true }), point, (before, factor, at) => {
        const after = zoomAt(before, factor, at);
        expect(seenAt(after, at).x).toBeCloseTo(seenAt(before, at).x, 4);
        expect(seenAt(after, at).y).toBeCloseTo(seenAt(before, at).y, 4);
      }),
    );
  });

  test('panning moves the picture by as much as the hand', () => {
    fc.assert(
      fc.property(camera, point, point, (before, from, to) => {
        const after = panBy(before, to.x - from.x, to.y - from.y);
        expect(seenAt(after, to).x).toBeCloseTo(seenAt(before, from).x, 4);
        expect(seenAt(after, to).y).toBeCloseTo(seenAt(before, from).y, 4);
      }),
    );
  });

  test('there is no empty space where there could be picture', () => {
    fc.assert(
      fc.property(camera, size, pane, (any, picture, room) => {
        const { scale, x, y } = keepInPane(any, picture, room);
        expect(scale).toBe(any.scale);
        if (picture.width * scale >= room.width) {
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(x + room.width / scale).toBeLessThanOrEqual(picture.width + 1e-6);
        }
        if (picture.height * scale >= room.height) {
          expect(y).toBeGreaterThanOrEqual(-1e-6);
          expect(y + room.height / scale).toBeLessThanOrEqual(picture.height + 1e-6);
        } else {
          expect(y).toBe(0);
        }
      }),
    );
  });

  test('the middle that is looked at is the middle that was asked for', () => {
    fc.assert(
      fc.property(point, fc.double({ min: 0.02, max: 16, noNaN: true }), pane, (middle, scale, room) => {
        const found = middleOf(centre(middle, scale, room), room);
        expect(found.x).toBeCloseTo(middle.x, 6);
        expect(found.y).toBeCloseTo(middle.y, 6);
      }),
    );
  });
});

test('fitting never enlarges beyond the page', () => {
  const room = { width: 1000, height: 500 };
  expect(fitWhole({ width: 2000, height: 4000 }, room, 1)).toBe(0.125);
  expect(fitWidth({ width: 2000, height: 4000 }, room, 1)).toBe(0.5);
  expect(fitWhole({ width: 100, height: 100 }, room, 1)).toBe(1);
  expect(fitWidth({ width: 780, height: 1688 }, room, 0.5)).toBe(0.5);
});

test('a region is looked at in the middle, large but with its surroundings', () => {
  const picture = { width: 1280, height: 8000 };
  const room = { width: 600, height: 600 };
  const seen = lookAt({ x: 600, y: 4000, width: 400, height: 100 }, picture, room, 1);
  expect(seen.scale).toBe(1);
  expect(middleOf(seen, room)).toEqual({ x: 800, y: 4050 });
  expect(lookAt({ x: 0, y: 300, width: 1280, height: 200 }, picture, { width: 1280, height: 600 }, 1).scale).toBe(1);
});

test('a region too long to be read as a whole is shown by the width of the page, from its beginning on', () => {
  const room = { width: 600, height: 600 };
  const seen = lookAt({ x: 0, y: 2000, width: 1280, height: 5000 }, { width: 1280, height: 8000 }, room, 1);
  expect(seen.scale).toBe(600 / 1280);
  expect(seen.y).toBe(2000 - 600 / seen.scale / 10);
});

test.each([
  ['pages of a phone stand in a row', 3, { width: 780, height: 1688 }, 3],
  ['pages of a desktop on a wide stage stand in a row', 3, { width: 1280, height: 800 }, 3],
  ['two pages of a desktop stand in a row', 2, { width: 1280, height: 800 }, 2],
  ['a change as wide as the page stands before and after below each other', 2, { width: 1280, height: 120 }, 1],
  ['a small change stands before and after beside each other', 2, { width: 300, height: 120 }, 2],
])('%s', (_, panes, focus, columns) => {
  expect(chooseColumns(panes, focus, { width: 1400, height: 700 }, 1)).toBe(columns);
});

test('on a narrow stage panes stand below each other', () => {
  expect(chooseColumns(3, { width: 1280, height: 800 }, { width: 390, height: 600 }, 1)).toBe(1);
});
