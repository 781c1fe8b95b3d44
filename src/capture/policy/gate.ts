/** The one gate that every request of a run goes through. */
export type Gate =
  | { readonly kind: 'open' }
  /** Nothing is sent before `untilMs`. */
  | ({ readonly kind: 'shut'; readonly sinceMs: number; readonly untilMs: number } & Closed)
  /** The hold is over; one request goes ahead of all others to see whether the service takes requests again. */
  | ({ readonly kind: 'probing' } & Closed);

/** Why the gate is closed: the service refused, or nothing came through to it. */
export type GateCause = 'refusal' | 'fault';

interface Closed {
  readonly cause: GateCause;
  /** Holds in a row, each after a refusal that could have been avoided by waiting longer. */
  readonly refusals: number;
  /** The request that went ahead, until it is answered. */
  readonly probe: Probe | undefined;
}

interface Probe {
  readonly id: number;
  readonly sentMs: number;
}

export const openGate: Gate = { kind: 'open' };

/** How many holds there have been in a row. */
export function refusalsOf(gate: Gate): number {
  return gate.kind === 'open' ? 0 : gate.refusals;
}

/** Lets time pass: a hold that is over becomes a probe; a probe not refused for `acceptMs` opens the gate. */
export function passTime(gate: Gate, nowMs: number, acceptMs: number): Gate {
  const changeMs = nextChangeMs(gate, acceptMs);
  if (changeMs === undefined || nowMs < changeMs) {
    return gate;
  }
  return gate.kind === 'shut' ? { kind: 'probing', cause: gate.cause, refusals: gate.refusals, probe: gate.probe } : openGate;
}

/** When time alone changes the gate next, if it does. */
export function nextChangeMs(gate: Gate, acceptMs: number): number | undefined {
  switch (gate.kind) {
    case 'open':
      return undefined;
    case 'shut':
      return gate.untilMs;
    case 'probing':
      return gate.probe === undefined ? undefined : gate.probe.sentMs + acceptMs;
    default:
      return gate satisfies never;
  }
}

/** Shuts the gate, or keeps it shut for longer. A probe that is under way stays the probe. */
export function shut(gate: Gate, nowMs: number, untilMs: number, refusals: number, cause: GateCause): Gate {
  return {
    kind: 'shut',
    cause,
    sinceMs: gate.kind === 'shut' ? gate.sinceMs : nowMs,
    untilMs: gate.kind === 'shut' ? Math.max(gate.untilMs, untilMs) : untilMs,
    refusals,
    probe: gate.kind === 'open' ? undefined : gate.probe,
  };
}

/** A request goes through: on a gate that is probing it is the probe. */
export function goThrough(gate: Gate, probe: Probe): Gate {
  return gate.kind === 'probing' ? { ...gate, probe } : gate;
}

/** The request has ended without opening the gate: if it was the probe, another one is needed. */
export function forget(gate: Gate, id: number): Gate {
  return gate.kind !== 'open' && gate.probe?.id === id ? { ...gate, probe: undefined } : gate;
}

/** Whether the gate waits for this request alone. */
export function isProbe(gate: Gate, id: number): boolean {
  return gate.kind === 'probing' && gate.probe?.id === id;
}
