import { describe, expect, it } from 'vitest';
import { isBlank, mayBeBlank } from '../../src/compare/blank.ts';
import { drawPng } from '../helpers/draw-png.ts';

const [width, height] = [500, 400];
const dot = (x: number, y: number, size: number) => ({ x, y, width: size, height: size, colour: [0, 0, 0] as const });

describe('a blank picture', () => {
  it.each([
    ['white', drawPng(width, height, [])],
    ['of any colour', drawPng(width, height, [], [30, 30, 46])],
    ['with a caret in it', drawPng(width, height, [{ ...dot(10, 10, 1), height: 18 }])],
    ['of two shades that no eye tells apart', drawPng(width, height, [{ ...dot(0, 0, 200), colour: [250, 250, 250] }])],
  ])('%s', (_, png) => {
    expect(isBlank(png)).toBe(true);
    expect(mayBeBlank(png.length, { width, height })).toBe(true);
  });

  it.each([
    ['one word, drawn as a block', drawPng(width, height, [dot(20, 20, 5)])],
    ['two halves', drawPng(width, height, [{ ...dot(0, 0, 250), height }])],
    ['a rule on a small picture', drawPng(90, 90, [])],
  ])('is not one with %s', (_, png) => {
    expect(isBlank(png)).toBe(false);
  });

  it('is not looked for in a file that is too large to be one', () => {
    expect(mayBeBlank(60_000, { width: 1280, height: 800 })).toBe(false);
    expect(mayBeBlank(500, { width: 50, height: 50 })).toBe(false);
  });
});
