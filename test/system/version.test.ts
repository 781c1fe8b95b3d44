import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { pixelmatchVersion, version } from '../../src/system/version.ts';

it('the versions in the source are those of package.json', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  expect([version, pixelmatchVersion]).toEqual([manifest.version, manifest.dependencies.pixelmatch]);
});
