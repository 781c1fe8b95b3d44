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

describe('the documentation', () => {
  it.each(pages)('%s links only to what is there', async (page) => {
    const text = (await readFile(page, 'utf8')).replace(/```[\s\S]*?```/g, '');
    const dead: string[] = [];
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      const there =
        existsSync(file) && (anchor === undefined || !file.endsWith('.md') || (await anchorsOf(file)).includes(anchor));
      if (!there) dead.push(target);
    }
    expect(dead).toEqual([]);
  });
});
