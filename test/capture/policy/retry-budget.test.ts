import { expect, test } from 'vitest';
import { fullBudget, gateClosed, gateOpened, pictureArrived, spentMs } from '../../../src/capture/policy/retry-budget.ts';

test('it counts the time that the gate was not open', () => {
  const once = gateOpened(gateClosed(fullBudget, 1000), 4000);
  expect(spentMs(once, 9000)).toBe(3000);
  expect(spentMs(gateClosed(once, 10_000), 12_000)).toBe(5000);
});

test('a gate that closes twice has been closed since the first time', () => {
  expect(spentMs(gateClosed(gateClosed(fullBudget, 1000), 3000), 4000)).toBe(3000);
});

test('a picture gives it back, also while the gate is closed', () => {
  const spent = gateOpened(gateClosed(fullBudget, 0), 5000);
  expect(spentMs(pictureArrived(spent, 6000), 7000)).toBe(0);
  expect(spentMs(pictureArrived(gateClosed(spent, 6000), 8000), 9000)).toBe(1000);
});
