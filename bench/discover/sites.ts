import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the documentation tells of. */
export const fullCounts = { stories: 200, pages: 300 } as const;

export interface Counts {
  readonly stories: number;
  readonly pages: number;
}

const storiesOfFile = 5;

/** Builds a real Storybook of small cards. Returns the folder to serve. */
export function buildStorybook(work: string, count: number): string {
  const project = join(work, 'storybook');
  mkdirSync(join(project, '.storybook'), { recursive: true });
  mkdirSync(join(project, 'src'));
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(project, 'node_modules'));
  writeFileSync(join(project, 'package.json'), '{"name": "stories", "private": true, "type": "module"}\n');
  writeFileSync(
    join(project, '.storybook/main.js'),
    "export default { stories: ['../src/*.stories.js'], framework: '@storybook/html-vite', core: { disableTelemetry: true } };\n",
  );
  for (let first = 0; first < count; first += storiesOfFile) {
    const stories = Math.min(storiesOfFile, count - first);
    writeFileSync(join(project, `src/card-${first}.stories.js`), renderStories(first / storiesOfFile, stories));
  }
  const storybook = join(import.meta.dirname, 'node_modules/.bin/storybook');
  const args = ['build', '--quiet', '--disable-telemetry', '--output-dir', 'out'];
  // Nobody is asked anything, and nothing is fetched.
  execFileSync(storybook, args, { cwd: project, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CI: 'true' } });
  return join(project, 'out');
}

function renderStories(file: number, count: number): string {
  const stories = Array.from(
    { length: count },
    (_, nth) => `export const State${nth} = { args: { hue: ${(file * 37 + nth * 60) % 360} } };`,
  );
  return `export default {
  title: 'Cards/Card ${file}',
  render: ({ hue }) => {
    const card = document.createElement('article');
    card.style.cssText = \`width: 360px; padding: 24px; border-radius: 12px; color: white; background: hsl(\${hue} 60% 40%)\`;
    card.innerHTML = '<h2>Card ${file}</h2><p>Something that a card says in two or three lines of text.</p><button>Do it</button>';
    return card;
  },
};
${stories.join('\n')}
`;
}

/** Pages of documentation of different lengths, with a sitemap that names production. Returns the folder to serve. */
export function buildSite(work: string, count: number): string {
  const folder = join(work, 'site');
  const paths = Array.from({ length: count }, (_, nth) => `docs/section-${nth % 12}/page-${nth}`);
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
