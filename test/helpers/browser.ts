import type { Browser } from 'puppeteer-core';
import { findBrowser } from '../../src/engine/browser/find.ts';
import { launchBrowser as launch } from '../../src/engine/browser/launch.ts';

/** A real Chromium for tests and scripts: the machine's own, else the one in the npm package, as the product finds it. */
export async function launchBrowser(): Promise<Browser> {
  const log = { ...console, startGroup: console.group, endGroup: console.groupEnd };
  return launch({ program: await findBrowser(undefined, [import.meta.dirname]), proxyUrl: undefined, log });
}
