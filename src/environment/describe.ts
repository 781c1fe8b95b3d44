import { createHash } from 'node:crypto';
import { defined } from '../basics/record.ts';
import type { Capture, CaptureSettings } from '../plan/capture.ts';
import type { CaptureEnvironment } from '../results/model.ts';

/** What is the same for every capture of a run. */
export type RunEnvironment = Pick<CaptureEnvironment, 'engine' | 'browser' | 'platform' | 'versions'>;

/** Fields of the request that carry credentials: they change with every run, and not even a hash of them is kept. */
const credentialFields = new Set(['authenticate', 'cookies', 'setExtraHTTPHeaders']);

type Told<Value> = (value: Value) => string | undefined;

/**
 * Each capture setting as it stands in the fingerprint, under the name of its input; undefined: nothing to tell. A
 * setting that is not in this list does not compile.
 */
const tellers: {
  readonly [Setting in keyof CaptureSettings]-?: {
    readonly input: string;
    readonly tell: Told<NonNullable<CaptureSettings[Setting]>>;
  };
} = {
  fullPage: { input: 'full-page', tell: (fullPage) => (fullPage ? 'true' : undefined) },
  waitUntil: { input: 'wait-until', tell: (waitUntil) => waitUntil },
  selector: { input: 'selector', tell: (selector) => selector },
  apiOptions: { input: 'api-options', tell: hashOptions },
  // JPEGs are never compared, so pictures that are differ in neither.
  format: { input: 'format', tell: () => undefined },
  quality: { input: 'quality', tell: () => undefined },
};

/** How a capture is taken: all that may change its picture besides the page itself. */
export function describeEnvironment({ viewport, settings }: Capture, run: RunEnvironment): CaptureEnvironment {
  return {
    ...run,
    viewport: `${viewport.width}x${viewport.height}@${viewport.scale}`,
    options: Object.fromEntries(settingNames.flatMap((name) => describeSetting(name, settings))),
  };
}

const settingNames = Object.keys(tellers) as readonly (keyof CaptureSettings)[];

function describeSetting<Setting extends keyof CaptureSettings>(name: Setting, settings: CaptureSettings): [string, string][] {
  const { input, tell } = tellers[name];
  const value = settings[name];
  const told = value === undefined ? undefined : tell(value);
  return told === undefined ? [] : [[input, told]];
}

/** Enough of a hash to see a change by, and too little to find the value by. */
function hashOptions(options: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(options)
    .filter(([name]) => !credentialFields.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 8);
}
