import { defined } from '../../basics/record.ts';
import type { ServiceErrorCode } from '../../errors/codes.ts';
import { errors } from '../../services/apiscreenshot/errors.ts';

/** What a fault does to a request. */
export type FaultAction =
  | { readonly kind: 'error'; readonly code: ServiceErrorCode; readonly retryAfter?: string }
  | { readonly kind: 'html-502' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'reset-mid-body' }
  | { readonly kind: 'silence' }
  | { readonly kind: 'garbage' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'delay'; readonly delayMs: number };

export type FaultSettings = ReadonlyMap<string, string>;

interface FaultKind {
  readonly does: string;
  /** Settings of its own, beside the conditions. */
  readonly settings: readonly FaultSettingName[];
  readonly action: (settings: FaultSettings) => FaultAction;
}

interface FaultSetting {
  /** Completes "must be …". */
  readonly is: string;
  readonly means: string;
  readonly accepts: (value: string) => boolean;
}

export type FaultSettingName = (typeof conditions)[number] | 'retry-after' | 'ms';

/** The settings that say which requests a fault applies to. Every fault takes them. */
export const conditions = ['first', 'every', 'match', 'rate', 'seed'] as const;

const isWhole = (value: string): boolean => /^\d{1,9}$/.test(value);
const isCount = (value: string): boolean => /^[1-9]\d{0,8}$/.test(value);

export const faultSettings: Readonly<Record<FaultSettingName, FaultSetting>> = {
  first: { is: 'a whole number from 1', means: 'only the first so many requests', accepts: isCount },
  every: { is: 'a whole number from 1', means: 'only every so many-th request', accepts: isCount },
  match: {
    is: 'a text',
    means: 'only requests whose url or html holds the text; the others are not counted',
    accepts: (value) => value !== '',
  },
  rate: {
    is: 'a number from 0 to 1',
    means: 'only such a share of the requests, by chance',
    accepts: (value) => /^\d*\.?\d+$/.test(value) && Number(value) <= 1,
  },
  seed: { is: 'a whole number from 0', means: 'which requests chance picks (default 1)', accepts: isWhole },
  'retry-after': {
    is: 'seconds or an HTTP date',
    means: 'the Retry-After header of the answer, in seconds or as a date',
    accepts: (value) => isWhole(value) || !Number.isNaN(Date.parse(value)),
  },
  ms: { is: 'a whole number from 0', means: 'how many milliseconds (default 1000)', accepts: isWhole },
};

/** THE table of faults. The parser, the help text and docs/engine.md are read from it. */
export const faults: Readonly<Record<string, FaultKind>> = {
  ...Object.fromEntries((Object.keys(errors) as ServiceErrorCode[]).map((code) => [code, answersWith(code)])),
  'html-502': simple('answers 502 with a proxy’s HTML page', { kind: 'html-502' }),
  reset: simple('resets the connection before the answer', { kind: 'reset' }),
  'reset-mid-body': simple('resets the connection in the middle of a picture', { kind: 'reset-mid-body' }),
  silence: simple('never answers', { kind: 'silence' }),
  garbage: simple('answers 200 with bytes that are no picture', { kind: 'garbage' }),
  truncated: simple('answers 200 with half of a picture', { kind: 'truncated' }),
  delay: {
    does: 'holds the request up, then goes on as usual',
    settings: ['ms'],
    action: (settings) => ({ kind: 'delay', delayMs: Number(settings.get('ms') ?? 1000) }),
  },
};

function simple(does: string, action: FaultAction): FaultKind {
  return { does, settings: [], action: () => action };
}

function answersWith(code: ServiceErrorCode): FaultKind {
  return {
    does: `answers ${errors[code].status} ${code}`,
    settings: ['retry-after'],
    action: (settings) => {
      const retryAfter = settings.get('retry-after');
      return { kind: 'error', code, ...defined({ retryAfter }) };
    },
  };
}
