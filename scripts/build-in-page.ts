import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/**
 * Bundles what the built-in engine runs inside pages (src/engine/in-page) into one module of strings, as Chrome is
 * given it.
 *
 * node scripts/build-in-page.ts
 */

const source = join(import.meta.dirname, '../src/engine/in-page');
const target = join(import.meta.dirname, '../src/engine/page/in-page.generated.ts');

/** The text of in-page.generated.ts for the sources as they are. */
export async function buildInPage(): Promise<string> {
  return [
    '// Written by scripts/build-in-page.ts from src/engine/in-page. Do not edit.',
    `export const isolatedScript: string = ${JSON.stringify(await bundle('isolated.ts'))};`,
    `export const mainWorldScript: string = ${JSON.stringify(await bundle('main-world.ts'))};`,
    `export const visitorScript: string = ${JSON.stringify(await bundle('visitor.ts'))};`,
    '',
  ].join('\n');
}

async function bundle(entry: string): Promise<string> {
  const { output } = await build({
    input: join(source, entry),
    platform: 'browser',
    transform: { target: 'es2023' },
    // Only an entry with exports has a name, under which they are called.
    output: { format: 'iife', name: 'visitor', minify: true },
    write: false,
  });
  return output[0].code.trim();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(target, await buildInPage());
}
