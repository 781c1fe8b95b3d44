import { expect, test } from 'vitest';
import {
  forget,
  goThrough,
  isProbe,
  nextChangeMs,
  openGate,
  passTime,
  refusalsOf,
  shut,
} from '../../../src/capture/policy/gate.ts';

const probe = { id: 7, sentMs: 2000 };

test('an open gate stays open', () => {
  expect(passTime(openGate, 1e9, 100)).toEqual(openGate);
  expect(nextChangeMs(openGate, 100)).toBeUndefined();
});

test('a hold ends in a probe, and an accepted probe opens the gate', () => {
  const closed = shut(openGate, 1000, 2000, 1, 'refusal');
  expect(passTime(closed, 1999, 100).kind).toBe('shut');
  const probing = goThrough(passTime(closed, 2000, 100), probe);
  expect(isProbe(probing, 7)).toBe(true);
  expect(passTime(probing, 2099, 100).kind).toBe('probing');
  expect(passTime(probing, 2100, 100)).toEqual(openGate);
});

test('without a probe under way time alone does not open it', () => {
  const probing = passTime(shut(openGate, 0, 1000, 1, 'refusal'), 1000, 100);
  expect(passTime(probing, 1e9, 100).kind).toBe('probing');
  expect(passTime(forget(goThrough(probing, probe), 7), 1e9, 100).kind).toBe('probing');
});

test('a hold is lengthened, never shortened, and counts from its beginning', () => {
  const longer = shut(shut(openGate, 0, 5000, 1, 'refusal'), 1000, 3000, 1, 'refusal');
  expect(longer).toMatchObject({ sinceMs: 0, untilMs: 5000 });
});

test('a probe under way stays the probe when the gate shuts again', () => {
  const again = shut(goThrough(passTime(shut(openGate, 0, 2000, 1, 'fault'), 2000, 100), probe), 2010, 4000, 1, 'refusal');
  expect(passTime(again, 4000, 100)).toMatchObject({ kind: 'probing', probe });
  expect(refusalsOf(again)).toBe(1);
});
