/** Before a refusal was seen. */
const UNKNOWN_MS = 1000;
const SHORTEST_MS = 100;
/** Refusals take about the same time; this much more than the slowest of them is enough. */
const MARGIN = 1.25;
const REMEMBERED = 16;

/**
 * How long the service's last refusals took, in milliseconds. A request that was under way for longer is not going
 * to be refused: the service has accepted it, long before its picture arrives.
 */
export type Patience = readonly number[];

export const newPatience: Patience = [];

export function refusalTook(patience: Patience, ms: number): Patience {
  return [...patience, ms].slice(-REMEMBERED);
}

/** After how long a request that was not refused counts as accepted. */
export function acceptedAfterMs(patience: Patience): number {
  return patience.length === 0 ? UNKNOWN_MS : Math.max(SHORTEST_MS, Math.max(...patience) * MARGIN);
}
