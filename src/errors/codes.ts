import type { FixContext } from './fix-context.ts';
import { fixes } from './fixes.ts';

/** What to do with a request that ended with the code. */
export type RetryRule =
  /** The same request would fail again. */
  | 'never'
  /** Repeat it once, then give up. */
  | 'once'
  /** A passing fault of this request: repeat it after a growing delay, up to `max-attempts`. */
  | 'backoff'
  /** The account or the engine is full: hold every capture back, then repeat, within `retry-budget`. */
  | 'hold';

/** What a capture that ends so may have cost. */
export type Billing =
  | 'no'
  /** Its request may have cost a credit although no picture came of it. */
  | 'possibly'
  /** It failed at something else than its picture: one that was taken cost its credit, as any does. */
  | 'with-picture';

/** Who can do something about it; orders annotations and words the summary. */
export type Blame = 'request' | 'account' | 'service' | 'network' | 'baseline' | 'run';

export interface ErrorCode {
  /** HTTP status the service sends the code with; absent for our own codes. */
  readonly status?: number;
  readonly retry: RetryRule;
  /** `run`: nothing else can succeed (or may be spent), so what is left is skipped. */
  readonly stops: 'capture' | 'run';
  readonly billed: Billing;
  readonly blame: Blame;
  /** A headline without the code, e.g. "The engine is at capacity". */
  readonly title: string;
  /** Why it happens, in one sentence. */
  readonly meaning: string;
  /** The next step for the capture at hand. Plain text: the renderer escapes it. */
  readonly fix: (about: FixContext) => string;
  readonly docs?: string;
}

const ERRORS = 'https://apiscreenshot.com/docs/errors';
const AUTHENTICATION = 'https://apiscreenshot.com/docs/authentication';

/**
 * THE table of what can go wrong with a capture. The retry policy, annotations, reports and docs/errors.md are
 * read from it. Every answer with a status of 400 or more is refunded by the service, hence `billed: 'no'`.
 */
export const errorCodes = {
  bad_request: {
    status: 400,
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'request',
    title: 'The service refused the request',
    meaning: 'The body is not exactly one of url or html, an option is out of range, or the URL is not public.',
    fix: fixes.badRequest,
    docs: ERRORS,
  },
  selector_not_found: {
    status: 400,
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'request',
    title: 'No element matches the selector',
    meaning: 'The page was rendered, but it holds no element for the selector.',
    fix: fixes.selectorNotFound,
    docs: ERRORS,
  },
  invalid_api_key: {
    status: 401,
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'account',
    title: 'The API key is missing or wrong',
    meaning: 'The service does not know the key that was sent, so no capture of this run can succeed.',
    fix: fixes.invalidApiKey,
    docs: AUTHENTICATION,
  },
  payment_required: {
    status: 402,
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'account',
    title: 'Out of credits',
    meaning: 'The account has no credits left this month.',
    fix: fixes.paymentRequired,
    docs: ERRORS,
  },
  insufficient_scope: {
    status: 403,
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'account',
    title: 'The API key may not take screenshots',
    meaning: 'The key is valid but lacks the scope screenshot:write.',
    fix: fixes.insufficientScope,
    docs: AUTHENTICATION,
  },
  rate_limited: {
    status: 429,
    retry: 'hold',
    stops: 'capture',
    billed: 'no',
    blame: 'account',
    title: 'Too many requests',
    meaning: 'The limit counts every request of the account, those of other jobs included.',
    fix: fixes.heldBack,
    docs: ERRORS,
  },
  engine_unavailable: {
    status: 501,
    retry: 'never',
    stops: 'run',
    billed: 'no',
    blame: 'service',
    title: 'There is no engine behind the service',
    meaning: 'The address that answered has no browser to render with; the hosted service never answers so.',
    fix: fixes.engineUnavailable,
    docs: ERRORS,
  },
  engine_busy: {
    status: 503,
    retry: 'hold',
    stops: 'capture',
    billed: 'no',
    blame: 'service',
    title: 'The engine is at capacity',
    meaning: 'All of the service’s browsers were taken, also after its own retry.',
    fix: fixes.heldBack,
    docs: ERRORS,
  },
  render_timeout: {
    status: 504,
    retry: 'once',
    stops: 'capture',
    billed: 'no',
    blame: 'request',
    title: 'The page took too long to render',
    meaning: 'The page was not ready within the render budget of 20 seconds.',
    fix: fixes.renderTimeout,
    docs: ERRORS,
  },

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
    meaning: 'The request was given up because its answer was not complete in time.',
    fix: fixes.attemptTimeout,
  },
  unexpected_response: {
    retry: 'backoff',
    stops: 'capture',
    billed: 'possibly',
    blame: 'service',
    title: 'The answer was not understood',
    meaning: 'The answer was neither a picture that can be decoded nor an error that the service documents.',
    fix: fixes.unexpectedResponse,
  },
  page_error: {
    retry: 'never',
    stops: 'capture',
    billed: 'with-picture',
    blame: 'request',
    title: 'The page is not what it should be',
    meaning: 'A picture of an error, a sign-on page or nothing at all must not be compared or become a baseline.',
    fix: fixes.pageError,
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
    meaning: 'Going on could have spent more credits than max-captures allows.',
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
    meaning: 'Something failed on this machine, such as the disk; going on could have spent credits on pictures that are lost.',
    fix: fixes.runFailed,
  },
  shard_missing: {
    retry: 'never',
    stops: 'capture',
    billed: 'no',
    blame: 'run',
    title: 'A shard is missing',
    meaning: 'Its captures belong to the run, and nobody knows what became of them.',
    fix: fixes.shardMissing,
  },
} as const satisfies Record<string, ErrorCode>;

export type ErrorCodeName = keyof typeof errorCodes;

/** The codes that the service may send in the `error` field of an answer. */
export type ServiceErrorCode = {
  [Name in ErrorCodeName]: (typeof errorCodes)[Name] extends { status: number } ? Name : never;
}[ErrorCodeName];

/** The table's entry, with its optional columns. */
export function errorCode(name: ErrorCodeName): ErrorCode {
  return errorCodes[name];
}

/** Whether `name`, as read from an answer, is a code that the service documents. */
export function isServiceErrorCode(name: unknown): name is ServiceErrorCode {
  return typeof name === 'string' && Object.hasOwn(errorCodes, name) && errorCode(name as ErrorCodeName).status !== undefined;
}
