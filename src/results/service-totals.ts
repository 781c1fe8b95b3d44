import { defined } from '../basics/record.ts';
import type { ServiceTotals } from './model.ts';

/** Of a run that asked no service. */
export const nothingSent: ServiceTotals = { requests: 0, retries: 0, heldBackMs: 0, credits: 0, possiblyBilled: 0 };

/** What several have asked of one account, together; of its limit what the first of them knows that knows it. */
export function sumService(all: readonly ServiceTotals[]): ServiceTotals {
  const sum = (pick: (one: ServiceTotals) => number): number => all.reduce((total, one) => total + pick(one), 0);
  return {
    requests: sum(({ requests }) => requests),
    retries: sum(({ retries }) => retries),
    heldBackMs: sum(({ heldBackMs }) => heldBackMs),
    credits: sum(({ credits }) => credits),
    possiblyBilled: sum(({ possiblyBilled }) => possiblyBilled),
    ...defined({ limit: all.find(({ limit }) => limit !== undefined)?.limit }),
  };
}
