import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, type Ceiling, cut, limitOf, msUntil, newCeiling, reopen } from '../../../src/capture/policy/ceiling.ts';

const holdMs = 2000;
const muchMs = 1e9;

/** After a cut and a hold, with the ramp behind it. */
function settled(ceiling: Ceiling): Ceiling {
  return advance(reopen(ceiling, 0, 100), 6000, muchMs);
}

test('a run starts low and reaches 50 within a few seconds', () => {
  expect(limitOf(newCeiling)).toBe(4);
  expect(limitOf(advance(newCeiling, 3000, muchMs))).toBeGreaterThan(50);
});

test('a known capacity is used fully and kept for a while', () => {
  const known = settled(cut(newCeiling, 20, holdMs));
  expect(limitOf(known)).toBe(20);
  expect(limitOf(advance(known, 5000, muchMs))).toBe(20);
});

test('then one more is tried, and later many', () => {
  const known = settled(cut(newCeiling, 20, holdMs));
  const probing = advance(known, msUntil(known, 21), muchMs);
  expect(limitOf(probing)).toBe(21);
  expect(limitOf(advance(probing, 8000, muchMs))).toBeGreaterThan(60);
});

test('nothing is tried when little work is left', () => {
  const known = settled(cut(newCeiling, 20, holdMs));
  expect(limitOf(advance(known, 1e6, 1000))).toBe(20);
});

test('a ceiling found again is believed for longer, within bounds', () => {
  let ceiling = cut(newCeiling, 8, holdMs);
  const plateaus = Array.from({ length: 12 }, () => {
    ceiling = cut(ceiling, 8, holdMs);
    return ceiling.plateauMs;
  });
  expect(plateaus[1]).toBeGreaterThan(plateaus[0]!);
  expect(plateaus.at(-1)).toBe(plateaus.at(-2));
});

test('a longer hold makes probes rarer', () => {
  expect(cut(newCeiling, 8, 10_000).plateauMs).toBeGreaterThan(cut(newCeiling, 8, 2000).plateauMs);
});

describe('room that is lost', () => {
  test('more is yielded than was lost, so that others come to an even share', () => {
    const known = cut(cut(newCeiling, 20, holdMs), 20, holdMs);
    expect(cut(known, 18, holdMs).carried).toBeLessThan(18);
  });

  test('a ceiling only just raised is corrected twice without yielding', () => {
    const raised = cut(newCeiling, 52, holdMs);
    const corrected = cut(raised, 51, holdMs);
    expect(corrected.carried).toBe(51);
    expect(cut(corrected, 50, holdMs).carried).toBe(50);
    expect(cut(cut(corrected, 50, holdMs), 49, holdMs).carried).toBeLessThan(49);
  });
});

test('time in which the limit is not in use does not count', () => {
  expect(advance(newCeiling, 0, muchMs)).toEqual(newCeiling);
});

test('the limit is reached when it was said to be', () => {
  const cuts = fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 100 }), (found, inFlight, target) => {
      const cutDown = found.reduce((ceiling, others) => cut(ceiling, others, holdMs), newCeiling);
      const ceiling = reopen(cutDown, inFlight, 200);
      expect(limitOf(ceiling)).toBeGreaterThanOrEqual(1);
      expect(limitOf(advance(ceiling, msUntil(ceiling, target) + 1, muchMs))).toBeGreaterThanOrEqual(target - 1e-6);
    }),
  );
});
