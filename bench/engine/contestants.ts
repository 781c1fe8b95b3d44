import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserProgram } from '../../src/engine/browser/program.ts';
import { pageCount, type SiteKind, viewports } from './pages.ts';

export interface Stage {
  readonly site: SiteKind;
  readonly siteUrl: string;
  readonly browser: BrowserProgram;
  /** For baselines, pictures and reports. */
  readonly folder: string;
}

export interface Measurement {
  /** From the start of the process to its end. */
  readonly processMs: number;
  /** The captures alone, in a browser that runs. */
  readonly capturesMs: number | undefined;
}

export interface Contestant {
  readonly name: string;
  /** Makes what is compared with; nobody counts its time. */
  readonly prepare?: (stage: Stage) => Promise<void>;
  readonly measure: (stage: Stage) => Promise<Measurement>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const check = (stage: Stage, ...flags: string[]): Promise<Measurement> =>
  run(stage, [
    ...[here('../../dist/cli/index.js'), 'check', '--engine', 'local', '--full-page', ...flags],
    ...['--browser-path', stage.browser.path, '--base-url', stage.siteUrl],
    ...['--viewports', viewports.map(({ width, height }) => `${width}x${height}`).join()],
    ...['--urls', Array.from({ length: pageCount }, (_, page) => `/${page}`).join('\n')],
  ]);

const playwright = (stage: Stage, ...flags: string[]): Promise<Measurement> =>
  run(stage, [here('node_modules/@playwright/test/cli.js'), 'test', '--config', here('playwright.config.ts'), ...flags]);

export const contestants = {
  floor: {
    name: 'the floor',
    measure: (stage) => run(stage, [here('floor.ts'), stage.siteUrl, stage.browser.path]),
  },
  check: {
    name: 'Visual Capture, `check`',
    prepare: async (stage) => void (await check(stage, '--update-baselines')),
    measure: (stage) => check(stage),
  },
  playwright: {
    name: 'Playwright, `toHaveScreenshot`',
    prepare: async (stage) => void (await playwright(stage, '--update-snapshots', 'all')),
    measure: (stage) => playwright(stage),
  },
  warm: {
    name: 'Visual Capture, the engine alone',
    measure: (stage) => run(stage, [here('warm.ts'), stage.siteUrl, stage.browser.path]),
  },
} as const satisfies Record<string, Contestant>;

/** Runs a script to its end. @throws when it fails: then it did not do the work. */
async function run({ site, siteUrl, browser, folder }: Stage, args: readonly string[]): Promise<Measurement> {
  await mkdir(join(folder, site), { recursive: true });
  const startMs = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: join(folder, site),
    env: {
      ...process.env,
      ...browser.env,
      BENCH_SITE: siteUrl,
      BENCH_BROWSER: browser.path,
      BENCH_FOLDER: join(folder, site),
      // What shows a page only once its data is there has to wait for it; by the load event it is a skeleton.
      BENCH_WAIT: site === 'late' ? 'networkidle' : 'load',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const processMs = performance.now() - startMs;
  if (code !== 0) {
    throw new Error(`${args[0]} ended with ${code}:\n${output}\n${said}`);
  }
  const capturesMs = /^\{"capturesMs":([\d.]+)\}$/m.exec(output)?.[1];
  return { processMs, capturesMs: capturesMs === undefined ? undefined : Number(capturesMs) };
}
