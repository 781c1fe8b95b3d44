import type { ErrorCodeName } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { Capture } from '../plan/capture.ts';

/** What happens while a run goes on, for log lines and live progress. `atMs` counts from the start of the run. */
export type SchedulerEvent = SchedulerEventBody & { readonly atMs: number };

export type SchedulerEventBody =
  | { readonly kind: 'sent'; readonly capture: Capture; readonly attempt: number; readonly inFlight: number }
  /**
   * Every capture is held back: the account or the engine is full, or no service answers. `retryAfterMs` is what the
   * service asked for, if it did.
   */
  | { readonly kind: 'held-back'; readonly reason: ErrorCodeName; readonly holdMs: number; readonly retryAfterMs?: number }
  /** One request goes ahead to see whether the service takes requests again. */
  | { readonly kind: 'probing' }
  | { readonly kind: 'opened'; readonly heldBackMs: number }
  /** The capture failed in passing and will be sent again, not before `delayMs`. */
  | {
      readonly kind: 'retry';
      readonly capture: Capture;
      readonly attempt: number;
      readonly failure: Failure;
      readonly delayMs: number;
    }
  /** Its request hangs, so it was sent once more; the first answer counts. */
  | { readonly kind: 'hedged'; readonly capture: Capture; readonly afterMs: number }
  /** The capture is taken once more, to see whether it comes out the same. */
  | { readonly kind: 'again'; readonly capture: Capture }
  /** How many requests the service was seen to carry at once. */
  | { readonly kind: 'ceiling'; readonly requests: number }
  /** The account's limit as measured. */
  | { readonly kind: 'rate'; readonly requests: number; readonly windowMs: number }
  /** `undone`: captures that have no picture and will get none; `underWay`: those that may still get one. */
  | { readonly kind: 'stopped'; readonly failure: Failure; readonly undone: number; readonly underWay: number };
