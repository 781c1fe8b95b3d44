import type { CaptureOutcome } from '../capture/outcome.ts';
import type { TakeAgain } from '../capture/scheduler.ts';
import type { Capture } from '../plan/capture.ts';
import type { Twins } from './source.ts';

/** The captures with their twins, each beside its own, so that both are taken at about the same time. */
export function withTwins(captures: readonly Capture[], twins: Twins | undefined): Capture[] {
  return captures.flatMap((capture) => [capture, twins?.of(capture)]).filter((capture) => capture !== undefined);
}

type OnOutcome = (capture: Capture, outcome: CaptureOutcome, takeAgain?: TakeAgain) => Promise<void>;

/** Passes the outcome of a capture on when its twin has ended too, whichever came first; twins go to their keeper. */
export function pairTwins(captures: readonly Capture[], twins: Twins | undefined, pass: OnOutcome): OnOutcome {
  if (twins === undefined) {
    return pass;
  }
  const idOfTwin = new Map(
    captures.flatMap((capture): [string, string][] => {
      const twin = twins.of(capture);
      return twin === undefined ? [] : [[twin.id, capture.id]];
    }),
  );
  /** Ids of captures whose twin is still to come, with what waits for it. */
  const awaited = new Map<string, (() => Promise<void>) | undefined>([...idOfTwin.values()].map((id) => [id, undefined]));
  return async (capture, outcome, takeAgain) => {
    const id = idOfTwin.get(capture.id);
    if (id !== undefined) {
      twins.keep(id, outcome);
      const waiting = awaited.get(id);
      awaited.delete(id);
      await waiting?.();
    } else if (awaited.has(capture.id)) {
      awaited.set(capture.id, () => pass(capture, outcome, takeAgain));
    } else {
      await pass(capture, outcome, takeAgain);
    }
  };
}
