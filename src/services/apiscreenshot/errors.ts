import type { ServiceErrorCode } from '../../errors/codes.ts';
import { fixes } from '../../errors/fixes.ts';
import { at, billedNote, captures, secretOf } from '../../errors/phrases.ts';
import type { ApiErrorWords } from '../capture-api.ts';
import { captureScope, key } from './key.ts';
import { limits } from './limits.ts';

interface DocumentedError extends ApiErrorWords {
  /** Its name in the answer. */
  readonly wire: string;
}

const errorsPage = 'https://apiscreenshot.com/docs/errors';
const authenticationPage = 'https://apiscreenshot.com/docs/authentication';

/** Every error that the service documents, by our code for it. */
export const errors = {
  bad_request: {
    wire: 'bad_request',
    status: 400,
    title: 'The service refused the request',
    meaning: 'The body is not exactly one of url or html, an option is out of range, or the URL is not public.',
    fix: (about) => {
      const what = about.url === undefined ? 'this html target' : about.url;
      if (about.run.engine === 'local') {
        return about.detail?.includes('ERR_CONNECTION_REFUSED') === true
          ? `Start the preview before the check and wait until it answers at ${what}${at(about)}, then run the check again.`
          : `Correct what the message names for ${what}${at(about)}, then run the check again.`;
      }
      return (
        `Check ${what}${at(about)}: exactly one of url and html, every option in its range, quality only with ` +
        'format: jpeg, and a public URL. For a localhost or private preview set engine: local.'
      );
    },
    docs: errorsPage,
  },
  selector_not_found: {
    wire: 'selector_not_found',
    status: 400,
    title: 'No element matches the selector',
    meaning: 'The page was rendered, but it holds no element for the selector.',
    fix: fixes.selectorNotFound,
    docs: errorsPage,
  },
  invalid_api_key: {
    wire: 'invalid_api_key',
    status: 401,
    title: 'The API key is missing or wrong',
    meaning: 'The service does not know the key that was sent, so no capture of this run can succeed.',
    fix: fixes.invalidApiKey(key),
    docs: authenticationPage,
  },
  payment_required: {
    wire: 'payment_required',
    status: 402,
    title: 'Out of credits',
    meaning: 'The account has no credits left this month.',
    fix: (about) =>
      `${captures(about.run.undone)} left undone. Credits renew monthly; to go on now, upgrade in Billing and run the job again.${billedNote(about)}`,
    docs: errorsPage,
  },
  insufficient_scope: {
    wire: 'insufficient_scope',
    status: 403,
    title: 'The API key may not take screenshots',
    meaning: `The key is valid but lacks the scope ${captureScope}.`,
    fix: ({ run }) => `Mint a new key with the scope ${captureScope} and put it into ${secretOf(run)}.`,
    docs: authenticationPage,
  },
  rate_limited: {
    wire: 'rate_limited',
    status: 429,
    title: 'Too many requests',
    meaning: 'The limit counts every request of the account, those of other jobs included.',
    fix: fixes.heldBack,
    docs: errorsPage,
  },
  engine_unavailable: {
    wire: 'engine_unavailable',
    status: 501,
    title: 'There is no engine behind the service',
    meaning: 'The address that answered has no browser to render with; the hosted service never answers so.',
    fix: fixes.engineUnavailable,
    docs: errorsPage,
  },
  engine_busy: {
    wire: 'engine_busy',
    status: 503,
    title: 'The engine is at capacity',
    meaning: 'All of the service’s browsers were taken, also after its own retry.',
    fix: fixes.heldBack,
    docs: errorsPage,
  },
  render_timeout: {
    wire: 'render_timeout',
    status: 504,
    title: 'The page took too long to render',
    meaning: `The page was not ready within the render budget of ${limits.renderBudgetMs / 1000} seconds.`,
    fix: fixes.renderTimeout,
    docs: errorsPage,
  },
} as const satisfies Record<ServiceErrorCode, DocumentedError>;

const codeByWire: ReadonlyMap<string, ServiceErrorCode> = new Map(
  (Object.keys(errors) as ServiceErrorCode[]).map((code) => [errors[code].wire, code]),
);

/** Our code for an error by its name in the answer; undefined when it is not documented. */
export function codeOf(wire: string): ServiceErrorCode | undefined {
  return codeByWire.get(wire);
}
