/** Before a refusal was seen. */
const unknownMs = 1000;
const shortestMs = 100;
/** Refusals take about the same time; this much more than the slowest of them is enough. */
const margin = 1.25;
const remembered = 16;

/**
 * How long the service's last refusals took, in milliseconds. A request that was under way for longer is not going
 * to be refused: the service has accepted it, long before its picture arrives.
 */
export type Patience = readonly number[];

export const newPatience: Patience = [];

export function refusalTook(patience: Patience, ms: number): Patience {
  return [...patience, ms].slice(-remembered);
}

/** After how long a request that was not refused counts as accepted. */
export function acceptedAfterMs(patience: Patience): number {
  return patience.length === 0 ? unknownMs : Math.max(shortestMs, Math.max(...patience) * margin);
}
