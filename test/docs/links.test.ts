import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, proseOf } from './support.ts';

/** GitHub's name for a heading: lower case, links as their text, punctuation dropped, blanks as dashes. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = (page: string): string[] => [
  ...[...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)),
  ...[...proseOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
];

const sources = (await readdir('src', { recursive: true }))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file));

const templates = ['.github/pull_request_template.md', 'test/golden/README.md'];

describe('the documentation', () => {
  it('has every page that the product names', async () => {
    const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
    const named = (name: string): string[] =>
      texts.flatMap((text) => [...text.matchAll(new RegExp(`\\b${name}\\('([^']+)'\\)`, 'g'))].map((match) => match[1] ?? ''));
    const dead = named('docsUrl').filter((page) => {
      const [file = '', anchor] = page.split('#');
      return !existsSync(`docs/${file}`) || (anchor !== undefined && !anchorsOf(`docs/${file}`).includes(anchor));
    });
    expect(dead).toEqual([]);
    expect(named('exampleUrl').filter((file) => !existsSync(`examples/workflows/${file}`))).toEqual([]);
    expect(named('docsUrl').length).toBeGreaterThan(10);
  });

  it.each([...pages, ...templates])('%s links only to what is there', (page) => {
    const dead: string[] = [];
    for (const [, target = ''] of proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) {
        continue;
      }
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      const there = existsSync(file) && (anchor === undefined || !file.endsWith('.md') || anchorsOf(file).includes(anchor));
      if (!there) {
        dead.push(target);
      }
    }
    expect(dead).toEqual([]);
  });
});
