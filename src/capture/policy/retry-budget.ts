/**
 * How long the run was held back for nothing: the time its gate was not open since the last picture arrived. A run that
 * waits and then gets on may wait again; one that only waits must end. Times in milliseconds.
 */
export interface RetryBudget {
  /** Of waits that are over. */
  readonly spentMs: number;
  /** When the gate closed, while it is not open. */
  readonly closedMs: number | undefined;
}

export const fullBudget: RetryBudget = { spentMs: 0, closedMs: undefined };

export function gateClosed(budget: RetryBudget, nowMs: number): RetryBudget {
  return { ...budget, closedMs: budget.closedMs ?? nowMs };
}

export function gateOpened(budget: RetryBudget, nowMs: number): RetryBudget {
  return { spentMs: spentMs(budget, nowMs), closedMs: undefined };
}

export function pictureArrived({ closedMs }: RetryBudget, nowMs: number): RetryBudget {
  return { spentMs: 0, closedMs: closedMs === undefined ? undefined : nowMs };
}

export function spentMs(budget: RetryBudget, nowMs: number): number {
  return budget.spentMs + (budget.closedMs === undefined ? 0 : nowMs - budget.closedMs);
}
