import type { FixContext } from './fix-context.ts';
import { fixes } from './fixes.ts';

/** What to do with a request that ended with the code. */
export type RetryRule =
  /** The same request would fail again. */
  | 'never'
  /** Repeat it once, then give up. */
  | 'once'
  /**
   * A passing fault of this request: repeat it after a growing delay, up to `max-attempts`. Where it tells of the way to
   * the service (`readWay` in src/capture/decide.ts), several in a row hold every capture back and count for none.
   */
  | 'backoff'
  /** The account or the engine is full: hold every capture back, then repeat, as often as needed within `retry-budget`. */
  | 'hold';

/** What a capture that ends so may have cost. */
export type Billing =
  | 'no'
  /** Its request may have been billed although no picture came of it. */
  | 'possibly'
  /** It failed at something else than its picture: one that was taken was billed, as any is. */
  | 'with-picture';

/** Who can do something about it; orders annotations and words the summary. */
export type Blame = 'request' | 'account' | 'service' | 'network' | 'baseline' | 'run';

/** What follows from a code, whoever the service is. */
export interface ErrorPolicy {
  readonly retry: RetryRule;
  /** `run`: nothing else can succeed (or may be spent), so what is left is skipped. */
  readonly stops: 'capture' | 'run';
  readonly billed: Billing;
  readonly blame: Blame;
}

/** A code in words. Plain text: the renderer escapes it. */
export interface ErrorWords {
  /** A headline without the code, e.g. "The engine is at capacity". */
  readonly title: string;
  /** Why it happens, in one sentence. */
  readonly meaning: string;
  /** The next step for the capture at hand. */
  readonly fix: (about: FixContext) => string;
  /** A page that says more. */
  readonly docs?: string;
}

/** The words of a code of our own; a meaning may name what the service bills, e.g. `credits`. */
interface OwnWords extends Omit<ErrorWords, 'meaning'> {
  readonly meaning: string | ((units: string) => string);
}

/**
 * Codes that a capture service answers with. Each service has its own words for them, and its own statuses
 * (`CaptureApi.errors`). An answer with an error is never billed, hence `billed: 'no'`.
 */
const serviceCodes = {
  bad_request: { retry: 'never', stops: 'capture', billed: 'no', blame: 'request' },
  selector_not_found: { retry: 'never', stops: 'capture', billed: 'no', blame: 'request' },
  invalid_api_key: { retry: 'never', stops: 'run', billed: 'no', blame: 'account' },
  payment_required: { retry: 'never', stops: 'run', billed: 'no', blame: 'account' },
  insufficient_scope: { retry: 'never', stops: 'run', billed: 'no', blame: 'account' },
  rate_limited: { retry: 'hold', stops: 'capture', billed: 'no', blame: 'account' },
  engine_unavailable: { retry: 'never', stops: 'run', billed: 'no', blame: 'service' },
  engine_busy: { retry: 'hold', stops: 'capture', billed: 'no', blame: 'service' },
  render_timeout: { retry: 'once', stops: 'capture', billed: 'no', blame: 'request' },
} as const satisfies Record<string, ErrorPolicy>;

/** Codes of our own, for what no service can tell. */
const ownCodes = {
  private_url: {
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'request',
    title: 'The URL is not public',
    meaning: 'The hosted service cannot reach private, loopback, link-local or metadata addresses; nothing was sent.',
    fix: fixes.privateUrl,
  },
  network_error: {
    retry: 'backoff',
    stops: 'capture',
    billed: 'possibly',
    blame: 'network',
    title: 'The connection to the service failed',
    meaning: 'The connection could not be made, or broke before the answer was complete.',
    fix: fixes.networkError,
  },
  attempt_timeout: {
    retry: 'backoff',
    stops: 'capture',
    billed: 'possibly',
    blame: 'network',
    title: 'No answer within the attempt timeout',
    meaning: 'The request was abandoned because its answer was not complete in time.',
    fix: fixes.attemptTimeout,
  },
  unexpected_response: {
    retry: 'backoff',
    stops: 'capture',
    billed: 'possibly',
    blame: 'service',
    title: 'The service gave an unexpected answer',
    meaning: 'The answer was neither a picture that can be decoded nor an error that the service documents.',
    fix: fixes.unexpectedResponse,
  },
  page_error: {
    retry: 'never',
    stops: 'capture',
    billed: 'with-picture',
    blame: 'request',
    title: 'This is not the intended page',
    meaning: 'A picture of an error, a sign-on page or nothing at all must not be compared or become a baseline.',
    fix: fixes.pageError,
  },
  unsupported_option: {
    retry: 'never',
    stops: 'run',
    billed: 'with-picture',
    blame: 'request',
    title: 'The service does not honour an option',
    meaning: 'Options that the service does not document are tried on one small page first; nothing else was sent.',
    fix: fixes.unsupportedOption,
  },
  step_failed: {
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'request',
    title: 'A step before the picture could not be done',
    meaning: 'Each step waits until its element is visible, stands still and is not covered; this one waited in vain.',
    fix: fixes.stepFailed,
  },
  baseline_unreadable: {
    retry: 'never',
    stops: 'capture',
    billed: 'with-picture',
    blame: 'baseline',
    title: 'The baseline cannot be read',
    meaning: 'The baseline file is not a PNG that can be decoded, so there is nothing to compare with.',
    fix: fixes.baselineUnreadable,
  },
  time_limit: {
    retry: 'never',
    stops: 'run',
    billed: 'possibly',
    blame: 'run',
    title: 'The time limit was reached',
    meaning: 'The run stopped at its time limit and kept what it had.',
    fix: fixes.timeLimit,
  },
  capture_limit: {
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'run',
    title: 'The run would cost more than max-captures',
    meaning: (units) => `Going on could have spent more ${units} than max-captures allows.`,
    fix: fixes.captureLimit,
  },
  cancelled: {
    retry: 'never',
    stops: 'run',
    billed: 'possibly',
    blame: 'run',
    title: 'The run was cancelled',
    meaning: 'The job was cancelled or the process was told to stop; what was captured before is kept.',
    fix: fixes.cancelled,
  },
  run_failed: {
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'run',
    title: 'The run could not go on',
    meaning: (units) =>
      `Something failed on this machine, such as the disk; going on could have spent ${units} on pictures that are lost.`,
    fix: fixes.runFailed,
  },
  shard_missing: {
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'run',
    title: 'A shard is missing',
    meaning: 'Its captures belong to the run, but their results are unknown.',
    fix: fixes.shardMissing,
  },
} as const satisfies Record<string, ErrorPolicy & OwnWords>;

/**
 * THE table of what can go wrong with a capture. The retry policy, annotations, reports and docs/errors.md are read
 * from it; `describeError` (src/services) adds the words.
 */
export const errorCodes = { ...serviceCodes, ...ownCodes };

export type ErrorCodeName = keyof typeof errorCodes;
export type ServiceErrorCode = keyof typeof serviceCodes;
export type OwnErrorCode = keyof typeof ownCodes;

/** Codes that say the whole account or the engine is full, so that every capture is held back. */
export type HoldReason = {
  [Name in ErrorCodeName]: (typeof errorCodes)[Name]['retry'] extends 'hold' ? Name : never;
}[ErrorCodeName];

/** The table's entry. */
export function errorCode(name: ErrorCodeName): ErrorPolicy {
  return errorCodes[name];
}

/** A code of our own in words. `units`: what the service bills, in the plural. */
export function ownErrorWords(name: OwnErrorCode, units: string): ErrorWords {
  const words: OwnWords = ownCodes[name];
  return { ...words, meaning: typeof words.meaning === 'string' ? words.meaning : words.meaning(units) };
}

/** Whether a code holds every capture back. */
export function isHoldReason(name: ErrorCodeName): name is HoldReason {
  return errorCode(name).retry === 'hold';
}

/** Whether `name`, as read from outside, is a code that a service answers with. */
export function isServiceErrorCode(name: unknown): name is ServiceErrorCode {
  return typeof name === 'string' && Object.hasOwn(serviceCodes, name);
}
