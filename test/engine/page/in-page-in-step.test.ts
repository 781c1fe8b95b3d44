import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { buildInPage } from '../../../scripts/build-in-page.ts';

test('the committed bundle of what runs in pages is what its sources say', async () => {
  const committed = await readFile(new URL('../../../src/engine/page/in-page.generated.ts', import.meta.url), 'utf8');
  expect(await buildInPage(), 'run: node scripts/build-in-page.ts').toBe(committed);
});
