import { type ErrorCodeName, errorCode, type RetryRule } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { ApiBilling } from '../services/capture-api.ts';
import type { AttemptResult } from './outcome.ts';

/** What becomes of a capture whose request has failed. */
export type Decision =
  /** It has failed for good. */
  | 'give-up'
  /** It waits for its own backoff; the others go on. */
  | 'repeat-later'
  /** The whole run is held back; it is repeated when the gate opens. */
  | 'repeat-after-hold';

export interface CaptureHistory {
  /** Requests for the capture that failed of themselves, the newest one included if it has. */
  readonly spentAttempts: number;
  readonly maxAttempts: number;
  /** Codes of its earlier failures, the newest one not included. */
  readonly earlier: readonly ErrorCodeName[];
}

/** Decides by the error table what becomes of a capture, if the run goes on. */
export function decideAfterFailure(failure: Failure, { spentAttempts, maxAttempts, earlier }: CaptureHistory): Decision {
  if (spentAttempts >= maxAttempts) {
    return 'give-up';
  }
  const rule = retryRule(failure);
  switch (rule) {
    case 'never':
      return 'give-up';
    case 'once':
      return earlier.includes(failure.code) ? 'give-up' : 'repeat-later';
    case 'backoff':
      return 'repeat-later';
    case 'hold':
      return 'repeat-after-hold';
    default:
      return rule satisfies never;
  }
}

/**
 * The error table's rule, made precise for `unexpected_response` by its status: a server error passes, so it is
 * repeated; a success that holds no picture may have been billed, so it is repeated once at most; a redirect or a
 * refusal would come again.
 */
export function retryRule({ code, status }: Failure): RetryRule {
  if (code !== 'unexpected_response' || status === undefined || status >= 500) {
    return errorCode(code).retry;
  }
  return status >= 200 && status < 300 ? 'once' : 'never';
}

/**
 * What a failed request says about the way to the service: `answered` by a service, or by none (the connection failed, or
 * a gateway answered in its place), or there was `silence`, which says nothing yet.
 */
export function readWay({ code, status = 0 }: Failure): 'answered' | 'unanswered' | 'silence' {
  switch (code) {
    case 'attempt_timeout':
      return 'silence';
    case 'network_error':
      return 'unanswered';
    case 'unexpected_response':
      return status >= 500 ? 'unanswered' : 'answered';
    default:
      return 'answered';
  }
}

/** Whether a request may have been billed although no picture came of it. */
export function mayHaveBeenBilled(
  result: Exclude<AttemptResult, { kind: 'image' }>,
  { freeFromStatus }: Pick<ApiBilling, 'freeFromStatus'>,
): boolean {
  switch (result.kind) {
    case 'aborted':
      return true;
    case 'failure': {
      const { code, status } = result.failure;
      const free = status !== undefined && status >= freeFromStatus;
      return result.neverSent !== true && !free && errorCode(code).billed === 'possibly';
    }
    default:
      return result satisfies never;
  }
}
