import type { Parsed } from '../basics/parsed.ts';
import { docsUrl } from '../basics/product.ts';
import { isRecord } from '../basics/record.ts';
import { type ColorScheme, type Cookie, colorSchemes, type PageSettings } from '../plan/page-settings.ts';
import { longestWaitMs, nameStep, stepKinds } from '../plan/step.ts';
import type { InputSpec } from './input-spec.ts';
import { stepList } from './steps.ts';
import { flag, integer, joinProblems, listItems, parseItems, text, type ValueType } from './value-types.ts';

/** One setting of how a page looks: how it is written, and how the fingerprint of a picture tells it. */
interface PageSetting<T, Name extends string = string> {
  /** As it is called in the config file. */
  readonly input: Name;
  readonly type: ValueType<T>;
  readonly description: string;
  /** Undefined: nothing to tell. Of secrets only the names. */
  readonly tell: (value: T) => string | undefined;
}

const setting = <T, const Name extends string>(
  input: Name,
  type: ValueType<T>,
  rest: Pick<PageSetting<T>, 'description' | 'tell'>,
): PageSetting<T, Name> => ({ input, type, ...rest });

const asWritten = (value: string | number | boolean): string => String(value);
const joined = (values: readonly string[]): string => values.join(', ');

/** A CSS selector, or a list of them; a comma belongs to the selector. */
const selectors: ValueType<readonly string[]> = {
  parse: (raw) => {
    const items = Array.isArray(raw) ? raw : [raw];
    return items.length === 0 ? { problem: 'must name at least one selector' } : parseItems(items, parseSelector);
  },
  schema: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    ],
  },
};

/** One CSS selector. */
export function parseSelector(raw: unknown): Parsed<string> {
  return typeof raw === 'string' && raw.trim() !== ''
    ? { value: raw.trim() }
    : { problem: `must be a CSS selector such as ".banner", or a list of them, not ${JSON.stringify(raw)}` };
}

const locale: ValueType<string> = {
  ...text,
  parse: (raw) => {
    try {
      const [tag] = Intl.getCanonicalLocales(String(raw).trim());
      return tag === undefined ? { problem: 'must be a language tag such as de-DE' } : { value: tag };
    } catch {
      return { problem: `must be a language tag such as de-DE, not ${JSON.stringify(raw)}` };
    }
  },
};

const timezone: ValueType<string> = {
  ...text,
  parse: (raw) => {
    const name = String(raw).trim();
    try {
      return { value: new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone };
    } catch {
      return { problem: `must be a time zone such as Europe/Berlin, not ${JSON.stringify(raw)}` };
    }
  },
};

/** A moment with its offset: without one it would be another on every machine. */
const moment: ValueType<number> = {
  ...text,
  parse: (raw) => {
    const written = raw instanceof Date ? raw.toISOString() : String(raw).trim();
    const timeMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(written)
      ? Date.parse(written)
      : Number.NaN;
    return Number.isNaN(timeMs)
      ? { problem: `must be a moment with its offset such as 2026-01-01T12:00:00Z, not ${JSON.stringify(written)}` }
      : { value: timeMs };
  },
};

/** RFC 6265, 4.1.1: a token, and octets without blanks, commas, semicolons and backslashes. */
const cookieForm = /^([!#$%&'*+.^_`|~\w-]+)=("?)([\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*)\2$/;

const cookies: ValueType<readonly Cookie[]> = {
  parse: (raw) => {
    const items = Array.isArray(raw)
      ? raw
      : String(raw)
          .split('\n')
          .filter((line) => line.trim() !== '');
    const wrong = items.flatMap((item, index) => (cookieForm.test(String(item).trim()) ? [] : [index + 1]));
    // Nothing of what is wrong is shown: it may be a secret.
    return wrong.length > 0
      ? { problem: `must be cookies of the form NAME=VALUE; ${wrong.map((at) => `number ${at}`).join(', ')} is not` }
      : { value: items.map((item) => readCookie(String(item).trim())) };
  },
  schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
};

function readCookie(written: string): Cookie {
  const [, name = '', quote = '', value = ''] = cookieForm.exec(written) ?? [];
  return { name, value: `${quote}${value}${quote}` };
}

const storage: ValueType<Readonly<Record<string, string>>> = {
  parse: (raw) => {
    if (!isRecord(raw)) {
      return { problem: 'must be a mapping such as {theme: dark}' };
    }
    const wrong = Object.entries(raw).filter(([, value]) => !['string', 'number', 'boolean'].includes(typeof value));
    return wrong.length > 0
      ? { problem: joinProblems(wrong.map(([key]) => `has a value for "${key}" that is no text`)) }
      : { value: Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, String(value)])) };
  },
  schema: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
};

/** One or both; each is a capture of its own. */
export const colorSchemeList: ValueType<readonly ColorScheme[]> = {
  parse: (raw) => {
    const words = listItems(raw).map(String);
    const known = colorSchemes.filter((scheme) => words.includes(scheme));
    return words.length === known.length && known.length > 0
      ? { value: known }
      : { problem: `must list light, dark or both, not ${JSON.stringify(raw)}` };
  },
  schema: { anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { enum: [...colorSchemes] } }] },
  placeholder: 'LIST',
};

/**
 * A color scheme is one of those that `color-schemes` lists, a device is a viewport, and selectors stand in `mask` beside
 * rectangles: they have no inputs of their own. That a page is a story is found, and its address says which. Nor are masks in the fingerprint: they say how pictures are compared.
 */
type WrittenSettings = Omit<PageSettings, 'colorScheme' | 'mobile' | 'touch' | 'maskSelectors' | 'story'>;

/**
 * THE table of how a page looks. Its inputs, their schema and docs, the reading of a target and the fingerprint come from
 * it; how the engines are asked for each stands in `src/services/apiscreenshot/page-options.ts`, and what the built-in engine does
 * in `src/engine/page/visitor.ts` and `src/engine/render/`. A setting that one of them lacks does not compile.
 */
export const pageSettings = {
  hide: setting('hide', selectors, {
    description: 'CSS selectors of what is made invisible. Its space stays.',
    tell: joined,
  }),
  remove: setting('remove', selectors, {
    description: 'CSS selectors of what is taken out of the layout.',
    tell: joined,
  }),
  style: setting('style', text, { description: 'CSS that is added to the page.', tell: asWritten }),
  waitFor: setting('wait-for', selectors, {
    description:
      'CSS selectors that are waited for, within the render budget, until each finds something visible. What never comes is `selector_not_found`.',
    tell: joined,
  }),
  delayMs: setting('delay', integer({ min: 0, max: longestWaitMs }), {
    description: `Milliseconds to wait after everything else, at most ${longestWaitMs}.`,
    tell: asWritten,
  }),
  locale: setting('locale', locale, {
    description: 'Language of the visitor, e.g. `de-DE`: what `navigator.language`, `Intl` and the header `Accept-Language` say.',
    tell: asWritten,
  }),
  timezone: setting('timezone', timezone, {
    description: 'Time zone of the visitor, e.g. `Europe/Berlin`. If not set, UTC.',
    tell: asWritten,
  }),
  userAgent: setting('user-agent', text, { description: 'The header `User-Agent`, and `navigator.userAgent`.', tell: asWritten }),
  reducedMotion: setting('reduced-motion', flag, {
    description: 'Whether the visitor prefers reduced motion. If not set, `true`.',
    tell: asWritten,
  }),
  clockMs: setting('clock', moment, {
    description:
      'The moment that the page sees, e.g. `2026-01-01T12:00:00Z`: `Date` stands still there, while timers, animation frames and `performance.now()` go on.',
    tell: (timeMs) => new Date(timeMs).toISOString(),
  }),
  random: setting('random', text, {
    description: 'A seed: `Math.random` and `crypto.getRandomValues` of the page give the same numbers at every visit.',
    tell: asWritten,
  }),
  cookies: setting('cookies', cookies, {
    description: 'Cookies of the form `NAME=VALUE`, for the origin of `base-url` (if that is not set, of each target).',
    tell: (values) => joined(values.map(({ name }) => name)),
  }),
  storage: setting('storage', storage, {
    description: 'Entries of `localStorage`, for the origin of `base-url` (if that is not set, of each target).',
    tell: (entries) => joined(Object.keys(entries)),
  }),
  steps: setting('steps', stepList, {
    description: `What is done in the page before its picture, in order: ${stepKinds.map((kind) => `\`${kind}\``).join(', ')}, e.g. \`[{click: "#menu"}, {wait-for: ".open"}]\`. Each waits until its element is visible and stands still. One that cannot be done is \`step_failed\`. See ${docsUrl('pages.md#steps')}`,
    tell: (steps) => joined(steps.map(nameStep)),
  }),
} as const satisfies { readonly [Key in keyof Required<WrittenSettings>]: PageSetting<NonNullable<WrittenSettings[Key]>> };

type SettingKey = keyof typeof pageSettings;

export const pageSettingKeys = Object.keys(pageSettings) as readonly SettingKey[];

/** The inputs of the table, by the names that they have in the config file. */
type PageInputs = { [Key in SettingKey as (typeof pageSettings)[Key]['input']]: InputSpec<WrittenValue<Key>> };
type WrittenValue<Key extends SettingKey> = (typeof pageSettings)[Key] extends PageSetting<infer T> ? T : never;

export const pageInputs = Object.fromEntries(
  Object.values(pageSettings).map(({ input, type, description }) => [
    input,
    { type, description, scope: 'target', configOnly: true } satisfies InputSpec<never> | InputSpec<unknown>,
  ]),
) as unknown as PageInputs;
