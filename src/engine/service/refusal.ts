import type { ServiceErrorCode } from '../../errors/codes.ts';

/** Codes beyond the contract, for a wrong path or method and for a mistake of the engine itself. */
type OwnErrorCode = 'not_found' | 'method_not_allowed' | 'internal_error';

/** A request that is answered with an error, as a value. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: ServiceErrorCode | OwnErrorCode;
  readonly message: string;
  /** Sent as the Retry-After header, in seconds or as an HTTP date. */
  readonly retryAfter: string | undefined;
  /** What to do about just this, in the imperative; undefined: what the code says. */
  readonly fix: string | undefined;
}

export function refusal(code: Refusal['code'], message: string, retryAfter?: string, fix?: string): Refusal {
  return { kind: 'refusal', code, message, retryAfter, fix };
}
