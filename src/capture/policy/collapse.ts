/** A ceiling has collapsed when it fell by this factor. */
const factor = 7;
/** One above it is tried for as long before more. */
const dwellMs = 500;
/** Then it doubles in this time. */
const stepMs = 200;

/**
 * A ceiling that fell to a fraction within moments may rise as suddenly: an engine that scales, a neighbour that comes and
 * goes. It is probed soon, and a probe that succeeds leads back to what was known before much faster than CUBIC would.
 */
export function hasCollapsed(carried: number, high: number): boolean {
  return carried * factor <= high;
}

/** How many more than the collapsed ceiling may be in flight, so long after its plateau, up to `room` more. */
export function regained(beyondMs: number, room: number): number {
  return Math.min(room, 2 ** Math.min(Math.max(0, beyondMs - dwellMs) / stepMs, 30));
}

/** After how long that is `more`. */
export function msToRegain(more: number): number {
  return more <= 1 ? 0 : dwellMs + Math.log2(more) * stepMs;
}
