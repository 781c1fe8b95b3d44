import { expect, test } from 'vitest';
import { kernelSources } from '../../src/compare/kernel/wasm.generated.ts';
import { hashSources } from '../../src/kernel/sources.ts';

test('the compiled kernel is that of the sources: else run node src/kernel/build.ts', async () => {
  expect(kernelSources).toBe(await hashSources());
});
