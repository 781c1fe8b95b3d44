import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadInputs } from '../../src/inputs/load.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { find, page, startDiscoverySite, urlset } from '../discover/support.ts';
import { createWorkspace } from '../helpers/bundle.ts';

const docs = await readFile('docs/discover.md', 'utf8');
const examples = [...docs.matchAll(/^## (.*)\n\n```yaml\n([\s\S]*?)```/gm)].map(
  ([, heading = '', yaml = '']) => [heading, yaml] as const,
);

/** What each example finds of the site below. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'A documentation site, by its sitemap': ['blog', 'docs', 'docs/intro', 'index', 'pricing'],
  'A Storybook': ['ui/alert/info'],
  'A small site, by its links': ['docs', 'docs/intro', 'index'],
  'Choose pages': ['docs', 'docs/intro', 'pricing'],
  'Give one of them its own settings': ['blog', 'docs', 'docs-old', 'docs/api/a', 'docs/intro', 'index', 'pricing'],
};

const production = 'https://www.shop.example';
const story = (title: string, name: string) => ({ type: 'story', title, name });

test.each(examples)('%s: its example finds what it says', async (heading, yaml) => {
  const paths = ['/', '/blog', '/docs/', '/docs/api/a', '/docs/intro', '/pricing'];
  await using site = await startDiscoverySite({
    // Two names that are one file on some systems.
    '/sitemap.xml': urlset(...[...paths, ...(yaml.includes('/Docs') ? ['/Docs'] : [])].map((path) => production + path)),
    '/index.json': JSON.stringify({
      v: 5,
      entries: {
        'ui-alert--info': story('UI/Alert', 'Info'),
        'ui-alert--playground': story('UI/Alert', 'Playground'),
        'internal-a--b': story('Internal/A', 'B'),
      },
    }),
    '/': page('<a href="/docs/">Docs</a>'),
    '/docs/': page('<a href="/docs/intro">Intro</a>'),
    '/docs/intro': page('<a href="/far">Far</a>'),
  });
  await using workspace = await createWorkspace();
  await writeFile(join(workspace.path, 'visual-capture.yml'), yaml);
  const { captures } = await loadInputs(
    { values: new Map<InputName, string>([['engine', 'local']]), env: { PREVIEW_URL: site.url }, fork: false, purpose: 'check' },
    openWorkspace(workspace.path),
    { findTargets: (choice, { base }) => find(choice, base?.href) },
  );
  expect(captures.map(({ name }) => name).sort()).toEqual(expected[heading]);
});

test('every example is tried', () => {
  expect(examples.map(([heading]) => heading)).toEqual(Object.keys(expected));
});
