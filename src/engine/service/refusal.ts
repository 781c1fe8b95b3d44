import type { ServiceErrorCode } from '../../errors/codes.ts';
import type { PageFailureCode } from '../../services/apiscreenshot/answer.ts';

/** Codes beyond the contract: for a wrong path or method, a mistake of the engine itself, and a step or a story, which the service does not have. */
type OwnErrorCode = 'not_found' | 'method_not_allowed' | 'internal_error' | PageFailureCode;

/** A request that is answered with an error, as a value. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: ServiceErrorCode | OwnErrorCode;
  readonly message: string;
  /** Sent as the Retry-After header, in seconds or as an HTTP date. */
  readonly retryAfter: string | undefined;
  /** What to do about just this, in the imperative; undefined: what the code says. */
  readonly fix: string | undefined;
  /** What the page showed, a PNG in base64. */
  readonly picture?: string;
}

export function refusal(code: Refusal['code'], message: string, retryAfter?: string, fix?: string): Refusal {
  return { kind: 'refusal', code, message, retryAfter, fix };
}
