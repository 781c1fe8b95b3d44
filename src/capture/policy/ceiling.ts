/** Requests in flight when a run begins. */
const START = 4;
/** Until the first refusal the limit doubles in this time. */
const START_STEP_MS = 1000;
/** CUBIC's constants (RFC 9438, sections 4.6 and 5): what is kept at a cut, and requests per cubic second of growth. */
const BETA = 0.7;
const CUBIC = 0.4;
/** How long a known ceiling is believed before it is probed; doubles each time it is found again. */
const FIRST_PLATEAU_MS = 10_000;
const LONGEST_PLATEAU_MS = 80_000;
/** A ceiling found within this share of the last one is the same one. */
const SAME = 0.15;

/**
 * How many requests may be in flight: low at first and doubling, then CUBIC (RFC 9438) around the number that the
 * service was seen to carry, with a plateau in the middle of the curve, so that a known capacity is used fully and
 * probed rarely.
 *
 * Both clocks run only while the limit is in use: a limit that nothing presses against has not been tried.
 */
export interface Ceiling {
  /** What the service carried at the last cut; undefined before the first one. */
  readonly carried: number | undefined;
  readonly plateauMs: number;
  /** Time in use since the last cut: the position on the cubic curve. */
  readonly curveMs: number;
  /** The ramp after a hold: from how many in flight, for how long, doubling in which time. */
  readonly ramp: { readonly from: number; readonly ms: number; readonly stepMs: number };
  /** A cut whose extent is not settled yet: late refusals of requests sent before it still lower it. */
  readonly cut: { readonly carried: number } | undefined;
}

export const newCeiling: Ceiling = {
  carried: undefined,
  plateauMs: FIRST_PLATEAU_MS,
  curveMs: 0,
  ramp: { from: 0, ms: 0, stepMs: START_STEP_MS },
  cut: undefined,
};

/** The limit as a real number of requests, at least 1, not yet capped by `concurrency`. */
export function limitOf(ceiling: Ceiling): number {
  return Math.max(1, Math.min(rampLimit(ceiling), curveLimit(ceiling)));
}

/** Lets `elapsedMs` pass with the limit in use. `probe`: whether going beyond the known ceiling is worth its risk. */
export function advance(ceiling: Ceiling, elapsedMs: number, probe: boolean): Ceiling {
  const ramp = { ...ceiling.ramp, ms: ceiling.ramp.ms + elapsedMs };
  const curveMs = ceiling.curveMs + elapsedMs;
  const mostMs = probe ? curveMs : Math.max(ceiling.curveMs, plateauEndMs(ceiling));
  return { ...ceiling, ramp, curveMs: Math.min(curveMs, mostMs) };
}

/** In how much time in use the limit reaches `count`. */
export function msUntil(ceiling: Ceiling, count: number): number {
  return Math.max(0, rampMsFor(ceiling, count) - ceiling.ramp.ms, curveMsFor(ceiling, count) - ceiling.curveMs);
}

/** The service refused a request while it carried `carried` others of ours. */
export function cut(ceiling: Ceiling, carried: number): Ceiling {
  return { ...ceiling, cut: { carried } };
}

/** One more of the requests that seemed to be carried at the cut was refused. */
export function lowerCut(ceiling: Ceiling): Ceiling {
  return ceiling.cut === undefined ? ceiling : { ...ceiling, cut: { carried: ceiling.cut.carried - 1 } };
}

/** The gate has opened again with `inFlight` requests under way: settles the cut and starts the ramp. */
export function reopen(ceiling: Ceiling, inFlight: number, stepMs: number): Ceiling {
  const ramp = { from: inFlight, ms: 0, stepMs };
  if (ceiling.cut === undefined) {
    return { ...ceiling, ramp };
  }
  const carried = Math.max(1, ceiling.cut.carried);
  const before = ceiling.carried;
  const same = before !== undefined && Math.abs(carried - before) <= Math.max(1, SAME * before);
  return {
    carried,
    plateauMs: same ? Math.min(LONGEST_PLATEAU_MS, ceiling.plateauMs * 2) : FIRST_PLATEAU_MS,
    curveMs: 0,
    ramp,
    cut: undefined,
  };
}

function rampLimit({ carried, ramp }: Ceiling): number {
  const growth = 2 ** Math.min(ramp.ms / ramp.stepMs, 30);
  return carried === undefined && ramp.from === 0 ? START * growth : ramp.from + growth;
}

function rampMsFor({ carried, ramp }: Ceiling, count: number): number {
  const growth = carried === undefined && ramp.from === 0 ? count / START : count - ramp.from;
  return growth <= 1 ? 0 : Math.log2(growth) * ramp.stepMs;
}

function curveLimit(ceiling: Ceiling): number {
  const { carried, curveMs } = ceiling;
  if (carried === undefined) {
    return Number.POSITIVE_INFINITY;
  }
  const riseMs = riseTimeMs(carried);
  if (curveMs < riseMs) {
    return carried - cubic(riseMs - curveMs);
  }
  return carried + cubic(Math.max(0, curveMs - plateauEndMs(ceiling)));
}

function curveMsFor(ceiling: Ceiling, count: number): number {
  const { carried } = ceiling;
  if (carried === undefined) {
    return 0;
  }
  return count <= carried ? riseTimeMs(carried) - cubicRoot(carried - count) : plateauEndMs(ceiling) + cubicRoot(count - carried);
}

/** From the cut back to the remembered ceiling: CUBIC's K. */
const riseTimeMs = (carried: number): number => cubicRoot(carried * (1 - BETA));

function plateauEndMs({ carried, plateauMs }: Ceiling): number {
  return carried === undefined ? Number.POSITIVE_INFINITY : riseTimeMs(carried) + plateauMs;
}

const cubic = (ms: number): number => CUBIC * (ms / 1000) ** 3;
const cubicRoot = (count: number): number => 1000 * Math.cbrt(count / CUBIC);
