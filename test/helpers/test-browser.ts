import type { Browser } from 'puppeteer-core';
import { inject } from 'vitest';
import { launchBrowser } from '../../src/engine/browser/launch.ts';
import { silentLog } from './silent-log.ts';

/** The path of the browser that the tests of this project run with: the packaged one, or the machine's own. */
export const browserPath: string = inject('browserPath');

/** That browser, started for one test file. */
export function launchTestBrowser(): Promise<Browser> {
  return launchBrowser({ program: { path: browserPath, env: {} }, proxyUrl: undefined, log: silentLog });
}
