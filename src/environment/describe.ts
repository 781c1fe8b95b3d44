import { createHash } from 'node:crypto';
import { pageSettingKeys, pageSettings } from '../inputs/page-settings.ts';
import type { InputName } from '../inputs/spec.ts';
import type { Capture, CaptureSettings } from '../plan/capture.ts';
import type { PageSettings } from '../plan/page-settings.ts';
import type { CaptureEnvironment } from '../results/model.ts';

/** What is the same for every capture of a run. */
export type RunEnvironment = Pick<CaptureEnvironment, 'engine' | 'browser' | 'platform' | 'versions'>;

/** Fields of the request that carry credentials: they change with every run, and not even a hash of them is kept. */
const credentialFields = new Set(['authenticate', 'cookies', 'setExtraHTTPHeaders']);

/**
 * Each capture setting as it stands in the fingerprint, under the name of its input; undefined: nothing to tell. A
 * setting that is not in this list does not compile.
 */
const tellers: {
  readonly [Setting in keyof CaptureSettings]-?: readonly [
    input: InputName,
    tell: (settings: CaptureSettings) => string | undefined,
  ];
} = {
  fullPage: ['full-page', ({ fullPage }) => (fullPage === true ? 'true' : undefined)],
  waitUntil: ['wait-until', ({ waitUntil }) => waitUntil],
  selector: ['selector', ({ selector }) => selector],
  apiOptions: ['api-options', ({ apiOptions }) => (apiOptions === undefined ? undefined : hashOptions(apiOptions))],
  // Told one by one.
  page: ['style', () => undefined],
  // Neither tells two compared pictures apart: JPEGs are never compared.
  format: ['format', () => undefined],
  quality: ['quality', () => undefined],
};

/** How a capture is taken: all that may change its picture besides the page itself. */
export function describeEnvironment({ viewport, settings }: Capture, run: RunEnvironment): CaptureEnvironment {
  return {
    ...run,
    viewport: `${viewport.width}x${viewport.height}@${viewport.scale}`,
    options: describeOptions(settings),
  };
}

/** What the user set, by input name, without credentials. */
export function describeOptions(settings: CaptureSettings): CaptureEnvironment['options'] {
  const ofCapture = Object.values(tellers).map(([input, tell]) => [input, tell(settings)] as const);
  const { page = {} } = settings;
  const ofPage = pageSettingKeys.map((key) => [pageSettings[key].input, tellPageSetting(key, page)] as const);
  return Object.fromEntries(
    [...ofCapture, ...ofPage, ['color-schemes', page.colorScheme] as const].filter(
      (entry): entry is [InputName, string] => entry[1] !== undefined,
    ),
  );
}

function tellPageSetting<Key extends keyof typeof pageSettings>(key: Key, page: PageSettings): string | undefined {
  const value = page[key];
  const { tell } = pageSettings[key] as { readonly tell: (value: NonNullable<PageSettings[Key]>) => string | undefined };
  const told = value === undefined ? undefined : tell(value as NonNullable<PageSettings[Key]>);
  // A whole style sheet would make every baseline's entry as long.
  return told === undefined || told.length <= longestTold ? told : `${told.slice(0, longestTold)}… (${hash(told)})`;
}

/** Of a setting in a fingerprint, in characters. */
const longestTold = 200;

/** Enough of a hash to see a change by, and too little to find the value by. */
function hashOptions(options: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(options)
    .filter(([name]) => !credentialFields.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return hash(JSON.stringify(kept));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
