import { expect, test } from 'vitest';
import { inputNames, inputSpec } from '../../src/inputs/spec.ts';
import { pages, readPage } from './support.ts';

const readme = readPage('README.md');

test('the README leads to every page, each once in its list', () => {
  const [, list = ''] = readme.split('\n## Documentation\n');
  const linked = [...list.matchAll(/\]\((docs\/[\w-]+\.md)\)/g)].map(([, page = '']) => page);
  expect(linked.toSorted()).toEqual(pages.filter((page) => page.startsWith('docs/')).toSorted());
});

test('the README is short', () => {
  expect(readme.split('\n').length).toBeLessThan(170);
});

test('each figure of the README stands in the page that it is from', () => {
  const [, section = ''] = readme.split('\n## Why trust it\n');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| ') && line.includes('**'));
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) {
    const [, page = '', anchor = ''] = /\]\((docs\/[\w-]+\.md)#([\w-]+)\)/.exec(row) ?? [];
    const cells = readPage(page)
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .flatMap((line) => line.split('|').map((cell) => cell.replaceAll('*', '').trim()));
    const figures = [...row.matchAll(/\*\*([^*]+)\*\*/g)].map(([, figure = '']) => figure);
    expect([page, anchor, figures.filter((figure) => !cells.some((cell) => cell.split(' (')[0] === figure))]).toEqual([
      page,
      anchor,
      [],
    ]);
  }
});

test('the reference lists every word of a choice, and the bounds of a number', () => {
  const rows = new Map(
    readPage('docs/inputs.md')
      .split('\n')
      .flatMap((line) => {
        const [, name, values] = /^\| `([\w-]+)` \| ([^|]*) \|/.exec(line) ?? [];
        return name === undefined ? [] : [[name, values ?? ''] as const];
      }),
  );
  for (const name of inputNames) {
    const { enum: words, minimum } = inputSpec(name).type.schema;
    for (const word of Array.isArray(words) ? words.map((one) => `\`${one}\``) : minimum === undefined ? [] : [String(minimum)]) {
      expect(rows.get(name), name).toContain(word);
    }
  }
});

test('the glossary is in the order of the alphabet, and defines each word once', () => {
  const words = [...readPage('docs/glossary.md').matchAll(/^\| (?:<a id="[^"]+"><\/a>)?\*\*(.+?)\*\* \|/gm)].map(
    ([, word = '']) => word,
  );
  expect(words.length).toBeGreaterThan(35);
  expect(words).toEqual([...new Set(words)].sort((one, other) => one.localeCompare(other, 'en')));
});
