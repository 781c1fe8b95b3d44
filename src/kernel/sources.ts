import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const wasmModulePath = join(import.meta.dirname, '../compare/kernel/wasm.generated.ts');

/** SHA-256 over the kernel's sources, by which a test tells that the compiled kernel is theirs without compiling. */
export async function hashSources(): Promise<string> {
  const folder = join(import.meta.dirname, 'assembly');
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    hash.update(`${name}\n`);
    hash.update((await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n'));
  }
  return hash.digest('hex');
}
