import { type ErrorCodeName, errorCode, type RetryRule } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { ApiBilling } from '../services/capture-api.ts';
import type { AttemptResult } from './outcome.ts';

/** What becomes of a capture whose request has failed. */
export type Decision =
  /** It has failed for good. */
  | 'give-up'
  /** It has failed, and nothing else of the run can succeed. */
  | 'stop-run'
  /** It waits for its own backoff; the others go on. */
  | 'repeat-later'
  /** The whole run is held back; it is repeated when the gate opens. */
  | 'repeat-after-hold';

export interface CaptureHistory {
  /** Requests sent for the capture, the failed one included. */
  readonly attempts: number;
  readonly maxAttempts: number;
  /** Codes of its earlier failures, the newest one not included. */
  readonly earlier: readonly ErrorCodeName[];
}

/** Decides by the error table what becomes of a capture. */
export function decideAfterFailure(failure: Failure, { attempts, maxAttempts, earlier }: CaptureHistory): Decision {
  if (errorCode(failure.code).stops === 'run') {
    return 'stop-run';
  }
  if (attempts >= maxAttempts) {
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
