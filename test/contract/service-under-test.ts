/** How the service is set up for one test. Whatever is not given is as the production service has it. */
export interface Setup {
  /** Captures that may be delivered. */
  readonly credits?: number;
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number };
  /** Captures at once. */
  readonly capacity?: number;
  readonly renderBudgetMs?: number;
  /** Private addresses are refused, as the hosted service does. Default: the test's own pages on 127.0.0.1 are captured. */
  readonly refusePrivate?: true;
  /** There is no browser behind the service any more. */
  readonly withoutBrowser?: true;
}

/** Whoever speaks section 1 of the contract. */
export interface ServiceUnderTest extends AsyncDisposable {
  /** The whole capture endpoint. */
  readonly url: string;
}

export type StartService = (setup: Setup) => Promise<ServiceUnderTest>;

/** The keys that every service under test knows. */
export const keys = {
  valid: 'sk_live_valid_0123456789',
  /** Another key of the same account. */
  second: 'sk_live_second_0123456789',
  withoutScope: 'sk_live_reader_0123456789',
} as const;
