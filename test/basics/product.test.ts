import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { docsUrl, pixelmatchVersion, version } from '../../src/basics/product.ts';

it('the versions in the source are those of package.json', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  expect([version, pixelmatchVersion]).toEqual([manifest.version, manifest.devDependencies.pixelmatch]);
});

it('the documentation is that of this version in the repository of package.json', async () => {
  const { repository } = JSON.parse(await readFile('package.json', 'utf8'));
  const home = repository.url.replace(/^git\+|\.git$/g, '');
  expect(docsUrl('forks.md')).toBe(`${home}/blob/v${version}/docs/forks.md`);
});
