import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pixelmatchVersion } from '../../src/basics/product.ts';
import { kernelSources } from '../../src/compare/kernel/wasm.generated.ts';
import { hashSources } from '../../src/kernel/sources.ts';

test('the compiled kernel is that of the sources: else run node src/kernel/build.ts', async () => {
  expect(kernelSources).toBe(await hashSources());
});

test('the kernel names the pixelmatch that the results name', async () => {
  expect(await readFile('src/kernel/assembly/difference.ts', 'utf8')).toContain(`pixelmatch ${pixelmatchVersion}`);
});
