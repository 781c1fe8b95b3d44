import type { CaptureOutcome } from '../capture/outcome.ts';
import type { TakeAgain } from '../capture/scheduler.ts';
import type { Capture } from '../plan/capture.ts';
import type { Counterparts } from './source.ts';

/** The captures with their counterparts, each beside its own, so that both are taken at about the same time. */
export function withCounterparts(captures: readonly Capture[], counterparts: Counterparts | undefined): Capture[] {
  return captures.flatMap((capture) => [capture, counterparts?.of(capture)]).filter((capture) => capture !== undefined);
}

type OnOutcome = (capture: Capture, outcome: CaptureOutcome, takeAgain?: TakeAgain) => Promise<void>;

/** Passes the outcome of a capture on when its counterpart has ended too, whichever came first; counterparts go to their keeper. */
export function pairCounterparts(
  captures: readonly Capture[],
  counterparts: Counterparts | undefined,
  pass: OnOutcome,
): OnOutcome {
  if (counterparts === undefined) {
    return pass;
  }
  const idOfCounterpart = new Map(
    captures.flatMap((capture): [string, string][] => {
      const counterpart = counterparts.of(capture);
      return counterpart === undefined ? [] : [[counterpart.id, capture.id]];
    }),
  );
  /** Ids of captures whose counterpart is still to come, with what waits for it. */
  const awaited = new Map<string, (() => Promise<void>) | undefined>([...idOfCounterpart.values()].map((id) => [id, undefined]));
  return async (capture, outcome, takeAgain) => {
    const id = idOfCounterpart.get(capture.id);
    if (id !== undefined) {
      const waiting = awaited.get(id);
      awaited.delete(id);
      try {
        counterparts.keep(id, outcome);
      } finally {
        // Its picture is paid for.
        await waiting?.();
      }
    } else if (awaited.has(capture.id)) {
      awaited.set(capture.id, () => pass(capture, outcome, takeAgain));
    } else {
      await pass(capture, outcome, takeAgain);
    }
  };
}
