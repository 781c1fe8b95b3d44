/** The comparison worker with node:zlib in the place of our own inflater. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier.endsWith('/inflater.ts')
      ? { url: new URL('./zlib-inflater.ts', import.meta.url).href, shortCircuit: true }
      : nextResolve(specifier, context),
});
await import('../../../src/worker/index.ts');
