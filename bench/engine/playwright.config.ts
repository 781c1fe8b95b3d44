import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const { BENCH_BROWSER = '', BENCH_FOLDER = '' } = process.env;

/**
 * Playwright as it comes, with our browser and a worker a core. Drawn without a graphics card, as our engine does: with one
 * that is made up in software it takes longer. Its 5 s for a stable picture are too short for a machine that is busy.
 */
export default defineConfig({
  testDir: '.',
  testMatch: 'playwright-pages.ts',
  fullyParallel: true,
  workers: availableParallelism(),
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: 'dot',
  outputDir: `${BENCH_FOLDER}/playwright-results`,
  snapshotPathTemplate: `${BENCH_FOLDER}/playwright-snapshots/{arg}{ext}`,
  use: {
    launchOptions: {
      executablePath: BENCH_BROWSER,
      args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
});
