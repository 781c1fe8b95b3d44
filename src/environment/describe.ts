import { createHash } from 'node:crypto';
import { defined } from '../basics/record.ts';
import type { Capture } from '../plan/capture.ts';
import type { CaptureEnvironment } from '../results/model.ts';

/** What is the same for every capture of a run. */
export type RunEnvironment = Pick<CaptureEnvironment, 'engine' | 'browser' | 'platform' | 'versions'>;

/** Fields of the request that carry credentials: they change with every run, and not even a hash of them is kept. */
const credentialFields = new Set(['authenticate', 'cookies', 'setExtraHTTPHeaders']);

/** How a capture is taken: all that may change its picture besides the page itself. */
export function describeEnvironment({ viewport, settings }: Capture, run: RunEnvironment): CaptureEnvironment {
  const { fullPage, waitUntil, selector, apiOptions } = settings;
  return {
    ...run,
    viewport: `${viewport.width}x${viewport.height}@${viewport.scale}`,
    options: {
      ...(fullPage === true ? { 'full-page': 'true' } : {}),
      ...defined({ 'wait-until': waitUntil, selector }),
      ...(apiOptions === undefined ? {} : { 'api-options': hashOptions(apiOptions) }),
    },
  };
}

/** Enough of a hash to see a change by, and too little to find the value by. */
function hashOptions(options: Readonly<Record<string, unknown>>): string {
  const kept = Object.entries(options)
    .filter(([name]) => !credentialFields.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(kept)).digest('hex').slice(0, 8);
}
