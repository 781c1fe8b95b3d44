import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserProgram } from '../../src/engine/browser/program.ts';
import type { Report } from '../../src/results/model.ts';

export interface Stage {
  readonly siteUrl: string;
  readonly browser: BrowserProgram;
  /** Empty, and for this measurement alone. */
  readonly folder: string;
}

export interface Measurement {
  /** From the start of the process to its end. */
  readonly tookMs: number;
  readonly pictures: number;
}

export interface Contestant {
  readonly name: string;
  /** What a person writes to have this. */
  readonly written: string;
  readonly measure: (stage: Stage) => Promise<Measurement>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One that hangs ends the bench. */
const longestMs = 45 * 60_000;

const configs = {
  stories: ['engine: local', 'discover: {storybook: true}'],
  pages: ['engine: local', 'full-page: true', 'discover: {sitemap: true}'],
} as const;

/** The first run of a project: every picture is taken, and none is there to be compared with. */
const check = (kind: keyof typeof configs): Contestant => ({
  name: '**Visual Capture**, `check`',
  written: `a config of ${configs[kind].length + 1} lines`,
  measure: async (stage) => {
    await writeFile(join(stage.folder, 'visual-capture.yml'), [`base-url: ${stage.siteUrl}`, ...configs[kind], ''].join('\n'));
    const args = [here('../../dist/cli/index.js'), 'check', '--browser-path', stage.browser.path, '--fail-on', 'failed'];
    return run(stage, args, countAdded);
  },
});

const playwright = async (kind: keyof typeof configs): Promise<Contestant> => {
  const file = `playwright-${kind}.ts`;
  const lines = (await readFile(here(file), 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return {
    name: 'Playwright, `toHaveScreenshot`',
    written: `a test of ${lines.length} lines and a config`,
    measure: (stage) => {
      const cli = here('node_modules/@playwright/test/cli.js');
      const args = [cli, 'test', '--config', here('playwright.config.ts'), '--update-snapshots', 'all'];
      return run(stage, args, countPictures, { BENCH_TEST: file });
    },
  };
};

const storycap: Contestant = {
  name: 'storycap',
  written: 'a command',
  measure: (stage) => {
    const launch = { args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] };
    const args = [here('node_modules/storycap/lib/node/cli.js'), stage.siteUrl, '--chromiumPath', stage.browser.path];
    args.push('--puppeteerLaunchConfig', JSON.stringify(launch), '--viewport', '1280x800', '--outDir', 'pictures');
    return run(stage, args, countPictures);
  },
};

export const contestants: { readonly [Kind in keyof typeof configs]: readonly Contestant[] } = {
  stories: [check('stories'), storycap, await playwright('stories')],
  pages: [check('pages'), await playwright('pages')],
};

/** A failed capture may have a picture as well, of what was there. */
async function countAdded(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'visual-capture/results.json'), 'utf8').catch(() => undefined);
  const report: Report | undefined = text === undefined ? undefined : JSON.parse(text);
  return report?.totals.added ?? 0;
}

async function countPictures(folder: string): Promise<number> {
  const files = await readdir(join(folder, 'pictures'), { recursive: true }).catch(() => []);
  return files.filter((file) => file.endsWith('.png')).length;
}

/**
 * Runs a script to its end, and counts what it made. One that made only a part counts as what it is.
 * @throws when it made nothing.
 */
async function run(
  { siteUrl, browser, folder }: Stage,
  args: readonly string[],
  count: (folder: string) => Promise<number>,
  env: Readonly<Record<string, string>> = {},
): Promise<Measurement> {
  await mkdir(folder, { recursive: true });
  const startMs = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...browser.env, BENCH_SITE: siteUrl, BENCH_BROWSER: browser.path, BENCH_FOLDER: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMs,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const tookMs = performance.now() - startMs;
  const pictures = await count(folder);
  if (pictures === 0) {
    throw new Error(`${args[0]} took no picture and ended with ${code}:\n${said}`);
  }
  if (code !== 0) {
    console.error(`${args[0]} ended with ${code}:\n${said.slice(-2000)}`);
  }
  return { tookMs, pictures };
}
