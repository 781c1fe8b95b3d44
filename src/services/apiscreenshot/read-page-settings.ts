import { isRecord } from '../../basics/record.ts';
import { type Cookie, colorSchemes, mostMasks, type PageSettings } from '../../plan/page-settings.ts';
import { longestWaitMs } from '../../plan/step.ts';
import { isSteps, unknownOfSteps } from './read-steps.ts';
import { type Check, isBoolean, isFields, isNumber, isOneOf, isText, isTexts, problemsOf, unknownOf } from './wire-checks.ts';

/** The largest moment that `Date` knows, in milliseconds on either side of 1970 (ECMAScript, 21.4.1.1). */
const farthestMs = 8.64e15;

const cookieFields: Readonly<Record<keyof Cookie, true>> = { name: true, value: true };
const isCookies: Check = (value) =>
  Array.isArray(value) &&
  value.every((one) => isRecord(one) && isText(one['name']) === undefined && typeof one['value'] === 'string')
    ? undefined
    : 'must be a list of {name, value}';

const isEntries: Check = (value) =>
  isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string') ? undefined : 'must be an object of texts';

/** Further than the inputs, which check what a value means, this goes for its form alone. */
const checks: Readonly<Record<keyof PageSettings, Check>> = {
  hide: isTexts,
  remove: isTexts,
  maskSelectors: (value) =>
    isTexts(value) ?? (Array.isArray(value) && value.length > mostMasks ? `has more than ${mostMasks} selectors` : undefined),
  style: isText,
  waitFor: isTexts,
  delayMs: isNumber({ min: 0, max: longestWaitMs }, 'whole'),
  colorScheme: isOneOf(colorSchemes),
  locale: isText,
  timezone: isText,
  userAgent: isText,
  mobile: isBoolean,
  touch: isBoolean,
  reducedMotion: isBoolean,
  clockMs: isNumber({ min: -farthestMs, max: farthestMs }, 'whole'),
  random: isText,
  cookies: isCookies,
  storage: isEntries,
  steps: isSteps,
  story: isText,
};

/** What is wrong with the field `page` of a request, as the built-in engine takes it. */
export const isPageSettings: Check = (value) => {
  if (!isFields<PageSettings>(value)) {
    return 'must be an object';
  }
  const problems = problemsOf(value, checks);
  return problems.length === 0 ? undefined : problems.join('; ');
};

/** The fields of settings that were checked and that nothing is known of. */
export function unknownOfSettings(settings: PageSettings, way: string): string[] {
  const { cookies = [], steps = [] } = settings;
  return [
    ...unknownOf(settings, checks, way),
    ...cookies.flatMap((cookie, index) => unknownOf(cookie, cookieFields, `${way}.cookies[${index}]`)),
    ...unknownOfSteps(steps, `${way}.steps`),
  ];
}
