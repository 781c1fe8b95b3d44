/** How hard and how long the service may be asked. */
export interface Pace {
  readonly concurrency: number;
  readonly maxAttempts: number;
  readonly attemptTimeoutMs: number;
  readonly retryBudgetMs: number;
  /** 0: none. */
  readonly timeLimitMs: number;
  /** Most captures that may be paid for; 0: no cap. */
  readonly maxCaptures: number;
}

/** How often one capture may be taken again, and how often one that becomes a baseline is taken, at most. */
export const maxRetakes = 10;
export const maxBaselineTakes = 5;
