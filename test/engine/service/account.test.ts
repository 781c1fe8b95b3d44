import { expect, test } from 'vitest';
import { Account } from '../../../src/engine/service/account.ts';
import { VirtualClock } from '../../helpers/virtual-time.ts';

test('lets so many requests through in any window', async () => {
  const clock = new VirtualClock();
  const account = new Account({ credits: undefined, rateLimit: { requests: 2, windowMs: 1000 }, clock });
  const at = async (ms: number): Promise<string> => {
    await clock.run(clock.sleep(ms - clock.nowMs()));
    return account.countRequest()?.code ?? 'passed';
  };
  expect([await at(0), await at(600), await at(900), await at(1000), await at(1500), await at(1600)]).toEqual([
    'passed',
    'passed',
    'rate_limited',
    'passed',
    'rate_limited',
    'passed',
  ]);
});

test('a credit that was given back can be spent again', () => {
  const account = new Account({ credits: 1, rateLimit: undefined, clock: new VirtualClock() });
  expect(account.charge()).toBeUndefined();
  expect(account.charge()?.code).toBe('payment_required');
  account.refund();
  expect(account.charge()).toBeUndefined();
});
