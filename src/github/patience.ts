import type { Clock } from '../system/ports.ts';
import { TimeBudget } from '../system/time-budget.ts';

/**
 * How long a step stands still for GitHub's sake, all of its clients and requests together: a report with nobody to
 * take it must not cost more than the check did.
 */
export interface Patience {
  /** For requests that are not answered. */
  readonly silence: TimeBudget;
  /** For waits that GitHub asks for. */
  readonly heldBack: TimeBudget;
  /** For pushes of a comment's pictures that come to nothing. */
  readonly pictures: TimeBudget;
}

/** Most of the patience for silence that one request may use up: GitHub itself ends its own after 10 seconds. */
export const longestSilenceMs = 10_000;

const patienceByClock = new WeakMap<object, Patience>();

/** One for each clock, so one for the process. */
export function patienceOf(clock: Pick<Clock, 'nowMs'>): Patience {
  const known = patienceByClock.get(clock);
  if (known !== undefined) {
    return known;
  }
  const patience: Patience = {
    silence: new TimeBudget(20_000),
    heldBack: new TimeBudget(60_000),
    pictures: new TimeBudget(20_000),
  };
  patienceByClock.set(clock, patience);
  return patience;
}
