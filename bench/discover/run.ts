import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { formatDuration } from '../../src/basics/format.ts';
import type { Report } from '../../src/results/model.ts';

/**
 * npm run bench discover [BROWSER]: 200 stories of a real Storybook, and a site of 300 pages by its sitemap, each captured
 * end to end from a config of a few lines, as a person would start it. Needs npm's registry for the Storybook.
 */

const browser = process.argv[2] ?? join(import.meta.dirname, '../../node_modules/@sparticuz/chromium');
const storybookVersion = '10.6.0';
const counts = { files: 40, storiesOfFile: 5, pages: 300 } as const;

const work = mkdtempSync(join(tmpdir(), 'bench-discover-'));
try {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.version}`);
  await measure('200 stories of a Storybook', buildStorybook(), 'engine: local\ndiscover: {storybook: true}\n');
  await measure('300 pages by a sitemap', buildSite(), 'engine: local\nfull-page: true\ndiscover: {sitemap: true}\n');
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measure(what: string, folder: string, config: string): Promise<void> {
  const server = await startServer(folder);
  const project = mkdtempSync(join(work, 'project-'));
  const yaml = `base-url: ${server.url}\n${config}`;
  writeFileSync(join(project, 'visual-capture.yml'), yaml);
  const startMs = performance.now();
  const cli = join(import.meta.dirname, '../../src/cli/index.ts');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'check', '--browser-path', browser, '--fail-on', 'failed'], {
    cwd: project,
    encoding: 'utf8',
  });
  const tookMs = performance.now() - startMs;
  await server.close();
  if (status !== 0) {
    console.error(stderr);
    throw new Error(`The check of ${what} ended with ${status}.`);
  }
  const { totals }: Report = JSON.parse(readFileSync(join(project, 'visual-capture/results.json'), 'utf8'));
  const { captures, failed } = totals;
  const lines = yaml.trimEnd().split('\n').length;
  console.log(
    `${what}: ${captures} captures, ${failed} failed, config of ${lines} lines, ${formatDuration(tookMs)} (${(captures / (tookMs / 1000)).toFixed(1)} a second)`,
  );
}

/** A server of its own thread, since the check is waited for. */
async function startServer(folder: string): Promise<{ readonly url: string; readonly close: () => Promise<unknown> }> {
  const worker = new Worker(new URL('serve.ts', import.meta.url), { workerData: folder });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.once('message', resolve).once('error', reject);
  return { url: await promise, close: () => worker.terminate() };
}

function buildStorybook(): string {
  const project = join(work, 'storybook');
  mkdirSync(join(project, '.storybook'), { recursive: true });
  mkdirSync(join(project, 'src'));
  writeFileSync(join(project, 'package.json'), '{"name": "stories", "private": true, "type": "module"}\n');
  writeFileSync(
    join(project, '.storybook/main.js'),
    "export default { stories: ['../src/*.stories.js'], framework: '@storybook/html-vite', core: { disableTelemetry: true } };\n",
  );
  for (let file = 0; file < counts.files; file += 1) {
    const stories = Array.from(
      { length: counts.storiesOfFile },
      (_, nth) => `export const State${nth} = { args: { hue: ${(file * 37 + nth * 60) % 360} } };`,
    );
    writeFileSync(
      join(project, `src/card-${file}.stories.js`),
      `export default {
  title: 'Cards/Card ${file}',
  render: ({ hue }) => {
    const card = document.createElement('article');
    card.style.cssText = \`width: 360px; padding: 24px; border-radius: 12px; color: white; background: hsl(\${hue} 60% 40%)\`;
    card.innerHTML = '<h2>Card ${file}</h2><p>Something that a card says in two or three lines of text.</p><button>Do it</button>';
    return card;
  },
};
${stories.join('\n')}
`,
    );
  }
  const run = (program: string, ...args: string[]): unknown => execFileSync(program, args, { cwd: project, stdio: 'ignore' });
  run(
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    `storybook@${storybookVersion}`,
    `@storybook/html-vite@${storybookVersion}`,
    'vite@7',
  );
  run('npx', 'storybook', 'build', '--quiet', '--disable-telemetry', '--output-dir', 'out');
  return join(project, 'out');
}

function buildSite(): string {
  const folder = join(work, 'site');
  const paths = Array.from({ length: counts.pages }, (_, nth) => `docs/section-${nth % 12}/page-${nth}`);
  for (const [nth, path] of paths.entries()) {
    mkdirSync(join(folder, path), { recursive: true });
    const paragraphs = `<p>${'A sentence that a page of documentation could have. '.repeat(8)}</p>`.repeat(10 + (nth % 20));
    writeFileSync(
      join(folder, path, 'index.html'),
      `<!doctype html><title>Page ${nth}</title><style>body { max-width: 70ch; margin: auto; font: 16px/1.5 sans-serif }</style><h1>Page ${nth}</h1>${paragraphs}`,
    );
  }
  const urls = paths.map((path) => `<url><loc>https://docs.example.com/${path}/</loc></url>`).join('');
  writeFileSync(join(folder, 'sitemap.xml'), `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`);
  return folder;
}
