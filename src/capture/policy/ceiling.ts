import { hasCollapsed, msToRegain, regained } from './collapse.ts';

/** Requests in flight when a run begins. */
const startCeiling = 4;
/** Until the first refusal the limit doubles in this time. */
const startStepMs = 700;
/** Requests that a ramp after a hold begins with. */
const rampStart = 4;
/** CUBIC's constants (RFC 9438, sections 4.2 and 4.6): the share kept at a cut, and requests gained per cubic second. */
const beta = 0.7;
const cubicFactor = 0.4;
/**
 * A probe that fails costs a hold. So a known ceiling is believed for this many holds before it is probed, and longer
 * by this factor each time it is found again, up to this many times as long.
 */
const plateauHolds = 8;
const shortestPlateauMs = 10_000;
const plateauGrowth = 1.5;
const longestPlateau = 4;
/** A run that got less room than this asks for more sooner: it may be a newcomer beside others that have plenty. */
const fullPlateauFrom = 6;
/** A probe stays one above the known ceiling for as long, about one round trip, before it goes higher. */
const dwellMs = 2000;
/** Found within this share of what was known before, a ceiling is the same one. */
const sameShare = 0.3;
/**
 * A ceiling that was raised may be a little too high: the engine's own retry lets some requests in by luck. Refused
 * at this share of it or more, it is corrected, so many times, and nothing is yielded.
 */
const tooHigh = 0.9;
const mostDoubts = 2;
/** A collapsed ceiling is probed after this share of its plateau; a probe that fails leaves this share of what it was. */
const soonShare = 0.03;
const highKept = 0.9;
/** What is kept when others have taken the room: more is given up than was lost, so that all come to even shares. */
const yieldShare = 0.75;

/**
 * How many requests may be in flight: low at first and doubling, then CUBIC (RFC 9438) around the number that the
 * service was seen to carry, with a plateau in the middle of the curve, so that a known capacity is used fully and
 * probed rarely.
 *
 * Both clocks run only while the limit is in use: a limit that nothing presses against has not been tried.
 */
export interface Ceiling {
  /** What the service was last seen to carry; undefined before the first cut. */
  readonly carried: number | undefined;
  /** The most that was known before it fell, less with each probe that failed since. */
  readonly high: number;
  /** It fell to a small part of that. */
  readonly collapsed: boolean;
  /** How often it may still prove to be taken a little too high, since it was raised. */
  readonly doubts: number;
  /** How long it is believed now. */
  readonly plateauMs: number;
  /** There is no probe when the work left takes less than this. */
  readonly worthMs: number;
  /** Time in use since the last cut: the position on the cubic curve. */
  readonly curveMs: number;
  /** The ramp after a hold: from how many in flight, for how long, doubling in which time. */
  readonly ramp: { readonly from: number; readonly start: number; readonly ms: number; readonly stepMs: number };
}

export const newCeiling: Ceiling = {
  carried: undefined,
  high: 0,
  collapsed: false,
  doubts: 0,
  plateauMs: 0,
  worthMs: 0,
  curveMs: 0,
  ramp: { from: 0, start: startCeiling, ms: 0, stepMs: startStepMs },
};

/** The limit as a real number of requests, at least 1, not yet capped by `concurrency`. */
export function limitOf(ceiling: Ceiling): number {
  return Math.max(1, Math.min(rampLimit(ceiling), curveLimit(ceiling)));
}

/**
 * Lets `elapsedMs` pass with the limit in use. The known ceiling is probed only if there is work left for a while:
 * else a probe that fails costs more than one that succeeds can gain.
 */
export function advance(ceiling: Ceiling, elapsedMs: number, workLeftMs: number): Ceiling {
  const ramp = { ...ceiling.ramp, ms: ceiling.ramp.ms + elapsedMs };
  const curveMs = ceiling.curveMs + elapsedMs;
  const mostMs = workLeftMs > ceiling.worthMs ? curveMs : Math.max(ceiling.curveMs, plateauEndMs(ceiling) - 1);
  return { ...ceiling, ramp, curveMs: Math.min(curveMs, mostMs) };
}

/** In how much time in use the limit reaches `count`. */
export function msUntil(ceiling: Ceiling, count: number): number {
  return Math.max(0, rampMsFor(ceiling, count) - ceiling.ramp.ms, curveMsFor(ceiling, count) - ceiling.curveMs);
}

/**
 * A request was refused that found `others` of ours in flight; everything is held back for `holdMs`. Refused beyond
 * the known ceiling, that is a probe which failed, and `others` is what the service carries. Refused below it, the
 * room has shrunk or other runs have taken it: then the run yields, as in CUBIC's fast convergence (section 4.7).
 */
export function cut(ceiling: Ceiling, others: number, holdMs: number): Ceiling {
  const { carried: before = 0, doubts } = ceiling;
  const below = others < Math.floor(before);
  const yields = below && !(doubts > 0 && others >= before * tooHigh);
  const carried = Math.max(1, yields ? others * yieldShare : others);
  const same = before > 0 && !yields && carried - before <= Math.max(0.5, before * sameShare);
  const worthMs = Math.max(shortestPlateauMs, plateauHolds * holdMs);
  const high = Math.max(carried, ceiling.high * (same ? highKept : 1));
  const collapsed = hasCollapsed(carried, high);
  const firstMs = worthMs * Math.min(1, carried / fullPlateauFrom) * (collapsed ? soonShare : 1);
  const plateauMs = same ? Math.min(worthMs * longestPlateau, Math.max(firstMs, ceiling.plateauMs * plateauGrowth)) : firstMs;
  return {
    ...ceiling,
    carried,
    high,
    collapsed,
    doubts: others > before ? mostDoubts : below ? Math.max(0, doubts - 1) : 0,
    worthMs,
    plateauMs,
    curveMs: 0,
  };
}

/** The gate has opened again with `inFlight` requests under way: starts the ramp. */
export function reopen(ceiling: Ceiling, inFlight: number, stepMs: number): Ceiling {
  return { ...ceiling, ramp: { from: inFlight, start: rampStart, ms: 0, stepMs } };
}

function rampLimit({ ramp }: Ceiling): number {
  return ramp.from + ramp.start * 2 ** Math.min(ramp.ms / ramp.stepMs, 30);
}

function rampMsFor({ ramp }: Ceiling, count: number): number {
  const growth = (count - ramp.from) / ramp.start;
  return growth <= 1 ? 0 : Math.log2(growth) * ramp.stepMs;
}

function curveLimit(ceiling: Ceiling): number {
  const { carried, curveMs } = ceiling;
  if (carried === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  const riseMs = riseTimeMs(ceiling);
  if (curveMs < riseMs) {
    return carried - cubic(riseMs - curveMs);
  }
  const beyondMs = curveMs - plateauEndMs(ceiling);
  if (beyondMs < 0) {
    return carried;
  }
  const backMs = ceiling.collapsed ? ceiling.worthMs : 0;
  const tried = carried + 1 + cubic(Math.max(0, beyondMs - backMs - dwellMs));
  return ceiling.collapsed ? Math.max(tried, carried + regained(beyondMs, ceiling.high - carried)) : tried;
}

function curveMsFor(ceiling: Ceiling, count: number): number {
  const { carried, collapsed, high } = ceiling;
  if (carried === undefined) {
    return 0;
  }
  if (count <= carried) {
    return Math.max(0, riseTimeMs(ceiling) - cubicRoot(carried - count));
  }
  if (collapsed && count <= high) {
    return plateauEndMs(ceiling) + msToRegain(count - carried);
  }
  const backMs = collapsed ? ceiling.worthMs : 0;
  return plateauEndMs(ceiling) + (count <= carried + 1 ? 0 : backMs + dwellMs + cubicRoot(count - carried - 1));
}

/** From the cut back to the remembered ceiling: CUBIC's K. */
function riseTimeMs({ carried = 0, collapsed }: Ceiling): number {
  return collapsed ? 0 : cubicRoot(carried * (1 - beta));
}

function plateauEndMs(ceiling: Ceiling): number {
  return ceiling.carried === undefined ? Number.POSITIVE_INFINITY : riseTimeMs(ceiling) + ceiling.plateauMs;
}

const cubic = (ms: number): number => cubicFactor * (ms / 1000) ** 3;
const cubicRoot = (count: number): number => 1000 * Math.cbrt(count / cubicFactor);
