import type { HoldReason } from '../outcome.ts';

/** The one gate that every request of a run goes through. */
export type Gate =
  | { readonly kind: 'open' }
  /** Nothing is sent before `untilMs`. `refusals` counts the holds in a row. */
  | {
      readonly kind: 'shut';
      readonly reason: HoldReason;
      readonly sinceMs: number;
      readonly untilMs: number;
      readonly refusals: number;
    }
  /** The hold is over; one request goes ahead of all others to see whether the service takes requests again. */
  | { readonly kind: 'probing'; readonly reason: HoldReason; readonly refusals: number; readonly probe?: Probe };

export interface Probe {
  readonly id: number;
  readonly sentMs: number;
}

/** Lets time pass: a hold that is over becomes a probe; a probe not refused for `acceptMs` opens the gate. */
export function passTime(gate: Gate, nowMs: number, acceptMs: number): Gate {
  switch (gate.kind) {
    case 'open':
      return gate;
    case 'shut':
      return nowMs < gate.untilMs ? gate : { kind: 'probing', reason: gate.reason, refusals: gate.refusals };
    case 'probing':
      return gate.probe !== undefined && nowMs >= gate.probe.sentMs + acceptMs ? { kind: 'open' } : gate;
    default:
      return gate satisfies never;
  }
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
