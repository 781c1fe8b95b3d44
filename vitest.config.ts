import { defineConfig } from 'vitest/config';
import { findInstalledBrowser, installedProject } from './test/setup/browser.ts';

/** What depends on the browser itself: run once more with the machine's own browser, where there is one. */
const browserTests = ['test/engine/{browser,guard,render}/**/*.test.ts', 'test/contract/built-in-engine.test.ts'];

const shared = {
  globalSetup: ['test/setup/browser.ts', 'test/setup/entries.ts'],
  // Chrome and the built bundle are started for real; slow machines get the time they need.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // The modules are loaded once for each worker, not for each file. What a test sets in the environment ends with it.
  isolate: false,
  unstubEnvs: true,
};

const everything = { test: { ...shared, name: 'packaged browser', include: ['test/**/*.test.ts'] } };
const onceMore = { test: { ...shared, name: installedProject, include: browserTests, globalSetup: ['test/setup/browser.ts'] } };

export default defineConfig(async () => ({
  test: {
    maxWorkers: 2,
    // How long a test may take before it is listed: only what stands out.
    slowTestThreshold: 10_000,
    projects: (await findInstalledBrowser()) === undefined ? [everything] : [everything, onceMore],
  },
}));
