import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const { BENCH_BROWSER = '', BENCH_FOLDER = '', BENCH_TEST = '' } = process.env;

/** Playwright as it comes, with our browser and a worker a core; see bench/engine for the reasons of what is set. */
export default defineConfig({
  testDir: '.',
  testMatch: BENCH_TEST,
  fullyParallel: true,
  workers: availableParallelism(),
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: 'dot',
  outputDir: `${BENCH_FOLDER}/results`,
  snapshotPathTemplate: `${BENCH_FOLDER}/pictures/{arg}{ext}`,
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: BENCH_BROWSER,
      args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
});
