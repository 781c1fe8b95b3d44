import { apiscreenshot } from '../../services/apiscreenshot/apiscreenshot.ts';
import type { Clock } from '../../system/ports.ts';
import { type Refusal, refusal } from './refusal.ts';

/** At most `requests` in any window of `windowMs`, over all keys. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface AccountOptions {
  /** Captures that may be delivered; undefined: no end. */
  readonly credits: number | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly clock: Clock;
}

/** What all keys share: the rate of requests and the credits. */
export class Account {
  readonly #options: AccountOptions;
  #creditsLeft: number;
  /** When each request of the current window was let through. */
  readonly #passed: number[] = [];

  constructor(options: AccountOptions) {
    this.#options = options;
    this.#creditsLeft = options.credits ?? Number.POSITIVE_INFINITY;
  }

  /** Counts a request against the rate limit. Refused ones do not count. */
  countRequest(): Refusal | undefined {
    const { rateLimit, clock } = this.#options;
    if (rateLimit === undefined) {
      return undefined;
    }
    const nowMs = clock.nowMs();
    while (this.#passed[0] !== undefined && this.#passed[0] <= nowMs - rateLimit.windowMs) {
      this.#passed.shift();
    }
    if (this.#passed.length >= rateLimit.requests) {
      const limit = `${rateLimit.requests} requests in ${rateLimit.windowMs / 1000} s`;
      return refusal('rate_limited', `The account is limited to ${limit}.`);
    }
    this.#passed.push(nowMs);
    return undefined;
  }

  /** Charges before the work, so that captures at the same time cannot overdraw. Give it back with `refund`. */
  charge(): Refusal | undefined {
    if (this.#creditsLeft < 1) {
      return refusal('payment_required', `No ${apiscreenshot.billing.unit}s are left this month.`);
    }
    this.#creditsLeft -= 1;
    return undefined;
  }

  refund(): void {
    this.#creditsLeft += 1;
  }
}
