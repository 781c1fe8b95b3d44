import { describe, expect, it } from 'vitest';
import type { Rect } from '../../src/basics/geometry.ts';
import { growUnstable } from '../../src/judge/grow-unstable.ts';

const region = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });

/** What is masked of an area: two pixels more on each side, as far as anti-aliasing reaches. */
const masked = (x: number, y: number, width: number, height: number): Rect => region(x - 2, y - 2, width + 4, height + 4);

describe('growing what differs between two takes', () => {
  it('stays within the picture', () => {
    expect(growUnstable([region(0, 1, 20, 12)], [], 1)).toEqual([region(0, 0, 22, 15)]);
  });

  it('leaves an area as it is when nothing else differs', () => {
    expect(growUnstable([region(100, 100, 20, 12)], [], 1)).toEqual([masked(100, 100, 20, 12)]);
  });

  it('takes in the hours of a clock whose seconds were seen to change', () => {
    const grown = growUnstable([region(160, 101, 9, 12)], [region(100, 100, 25, 14)], 1);
    expect(grown).toEqual([masked(100, 100, 69, 14)]);
  });

  it('does not follow a line over a gap, nor leave it', () => {
    const seconds = region(160, 100, 9, 12);
    const asItWas = [masked(160, 100, 9, 12)];
    expect(growUnstable([seconds], [region(90, 100, 30, 12)], 1)).toEqual(asItWas);
    expect(growUnstable([seconds], [region(130, 130, 60, 12)], 1)).toEqual(asItWas);
  });

  it('takes in the rest of a spinner, but no more than its own size around it', () => {
    const [grown] = growUnstable([region(200, 200, 30, 20)], [region(205, 222, 20, 18)], 1);
    expect(grown).toEqual(masked(200, 200, 30, 40));
    expect(growUnstable([region(200, 200, 30, 20)], [region(205, 222, 20, 60)], 1)).toEqual([masked(200, 200, 30, 20)]);
  });

  it('never follows the lines of a high area, where a page would go with it', () => {
    const ad = region(100, 100, 300, 250);
    expect(growUnstable([ad], [region(410, 120, 200, 20)], 1)).toEqual([masked(100, 100, 300, 250)]);
  });

  it('measures in CSS pixels', () => {
    const headline = region(320, 200, 18, 60);
    expect(growUnstable([headline], [region(200, 200, 80, 60)], 2)[0]?.x).toBe(198);
    expect(growUnstable([headline], [region(200, 200, 80, 60)], 1)).toEqual([masked(320, 200, 18, 60)]);
  });
});
