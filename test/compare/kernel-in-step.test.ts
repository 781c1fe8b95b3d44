import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hashSources } from '../../kernel/sources.ts';
import { kernelSources } from '../../src/compare/kernel/wasm.generated.ts';
import { pixelmatchVersion } from '../../src/version.ts';

test('the compiled kernel is that of the sources: else run node kernel/build.ts', async () => {
  expect(kernelSources).toBe(await hashSources());
});

test('the kernel names the pixelmatch that the results name', async () => {
  expect(await readFile('kernel/assembly/difference.ts', 'utf8')).toContain(`pixelmatch ${pixelmatchVersion}`);
});
