/**
 * Compiles the kernel and writes it as a module that holds it as base64, so that neither running from source nor bundling
 * needs a compiler or a file beside the code.
 *
 *     npm ci && node build.ts           writes src/compare/kernel/wasm.generated.ts
 *     npm ci && node build.ts --check   fails when that file is out of step
 */
import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { hashSources, wasmModulePath } from './sources.ts';

const flags = ['--optimizeLevel', '3', '--enable', 'simd', '--runtime', 'stub', '--noAssert'];

async function compile(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', import.meta.dirname, '--outFile', 'kernel.wasm', ...flags],
    {
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm') {
          wasm = contents as Uint8Array;
        }
      },
    },
  );
  if (error !== null || wasm === undefined) {
    throw new Error(`The kernel does not compile.\n${stderr.toString()}`);
  }
  return wasm;
}

const text = [
  '// Written by src/kernel/build.ts from src/kernel/assembly. Do not edit.',
  '/** SHA-256 of the sources. */',
  `export const kernelSources = '${await hashSources()}';`,
  '/** The WebAssembly module in base64. */',
  `export const kernelWasm =\n  '${Buffer.from(await compile()).toString('base64')}';`,
  '',
].join('\n');

if (!process.argv.includes('--check')) {
  await writeFile(wasmModulePath, text);
} else if ((await readFile(wasmModulePath, 'utf8')) !== text) {
  throw new Error('wasm.generated.ts is out of step with src/kernel/assembly: run node src/kernel/build.ts.');
}
