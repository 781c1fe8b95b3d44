import type { Fault, FaultCondition } from './parse.ts';
import type { FaultAction } from './table.ts';

/** Says for each request, in the order they come, which faults apply to it. `subject` is its url or html. */
export type FaultSchedule = (subject: string) => readonly FaultAction[];

export function scheduleFaults(faults: readonly Fault[]): FaultSchedule {
  const decisions = faults.map(({ action, when }) => ({ action, applies: decideBy(when) }));
  // Every fault counts every request, so that one fault does not change when another strikes.
  return (subject) => decisions.map(({ action, applies }) => (applies(subject) ? action : undefined)).filter(isDefined);
}

function decideBy({ first, every, match, rate, seed = 1 }: FaultCondition): (subject: string) => boolean {
  const random = rate === undefined ? undefined : seededRandom(seed);
  let seen = 0;
  return (subject) => {
    if (match !== undefined && !subject.includes(match)) {
      return false;
    }
    seen += 1;
    const byChance = random === undefined || rate === undefined || random() < rate;
    return byChance && (first === undefined || seen <= first) && (every === undefined || seen % every === 0);
  };
}

/** Uniform in [0, 1), the same row of numbers for the same seed (mulberry32, public domain, by Tommy Ettinger). */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
