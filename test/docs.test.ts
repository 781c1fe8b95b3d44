import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...(await readdir('docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
];

/** GitHub's name for a heading: lower case, punctuation dropped, blanks as dashes. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = async (page: string): Promise<string[]> =>
  [...(await readFile(page, 'utf8')).matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''));

const sources = (await readdir('src', { recursive: true }))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file));

describe('the documentation', () => {
  it('has every page that the product names', async () => {
    const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
    const named = (name: string): string[] =>
      texts.flatMap((text) => [...text.matchAll(new RegExp(`\\b${name}\\('([^']+)'\\)`, 'g'))].map((match) => match[1] ?? ''));
    const dead: string[] = [];
    for (const page of named('docsUrl')) {
      const [file = '', anchor] = page.split('#');
      const there = existsSync(`docs/${file}`) && (anchor === undefined || (await anchorsOf(`docs/${file}`)).includes(anchor));
      if (!there) {
        dead.push(page);
      }
    }
    expect(dead).toEqual([]);
    expect(named('exampleUrl').filter((file) => !existsSync(`examples/workflows/${file}`))).toEqual([]);
    expect(named('docsUrl').length).toBeGreaterThan(10);
  });

  it.each(pages)('%s links only to what is there', async (page) => {
    const text = (await readFile(page, 'utf8')).replace(/```[\s\S]*?```/g, '');
    const dead: string[] = [];
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) {
        continue;
      }
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      const there =
        existsSync(file) && (anchor === undefined || !file.endsWith('.md') || (await anchorsOf(file)).includes(anchor));
      if (!there) {
        dead.push(target);
      }
    }
    expect(dead).toEqual([]);
  });
});
