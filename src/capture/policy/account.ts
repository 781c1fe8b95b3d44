import type { ApiBilling } from '../../services/capture-api.ts';
import { mayHaveBeenBilled } from '../decide.ts';
import type { AttemptResult } from '../outcome.ts';

/** What a run has cost so far. */
export interface Spending {
  requests: number;
  retries: number;
  credits: number;
  possiblyBilled: number;
}

export interface AccountOptions {
  /** Most captures that may be paid for; 0: no cap. */
  readonly maxCaptures: number;
  /** What the service bills; `free`: nothing is. */
  readonly billing: ApiBilling | 'free';
}

/** What the run costs and may still cost. */
export class Account {
  readonly spent: Spending = { requests: 0, retries: 0, credits: 0, possiblyBilled: 0 };
  readonly #options: AccountOptions;

  constructor(options: AccountOptions) {
    this.#options = options;
  }

  bill(result: AttemptResult): void {
    const { billing } = this.#options;
    if (billing === 'free') {
      return;
    }
    if (result.kind === 'image') {
      this.spent.credits += 1;
    } else if (mayHaveBeenBilled(result, billing)) {
      this.spent.possiblyBilled += 1;
    }
  }

  /** How many more requests may be sent without risking more captures than allowed. */
  capturesLeft(underWay: number): number {
    const { maxCaptures, billing } = this.#options;
    const { credits, possiblyBilled } = this.spent;
    return maxCaptures === 0 || billing === 'free' ? Number.POSITIVE_INFINITY : maxCaptures - credits - possiblyBilled - underWay;
  }
}
