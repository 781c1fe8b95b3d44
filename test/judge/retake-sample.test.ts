import { expect, test } from 'vitest';
import { showsRealDifferences } from '../../src/judge/retake-sample.ts';

test.each([
  ['nothing was taken again yet', { compared: 60, differing: 60, retaken: 0, cameBack: 0 }, false],
  ['too few were', { compared: 4, differing: 4, retaken: 4, cameBack: 4 }, false],
  ['all came back and most differ', { compared: 8, differing: 5, retaken: 5, cameBack: 5 }, true],
  ['only half of the captures differ', { compared: 10, differing: 5, retaken: 5, cameBack: 5 }, false],
  ['one looked like noise', { compared: 60, differing: 60, retaken: 40, cameBack: 39 }, false],
])('whether the differences of a run are real when %s', (_, facts, real) => {
  expect(showsRealDifferences(facts)).toBe(real);
});
