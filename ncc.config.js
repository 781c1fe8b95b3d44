// Builds dist/. ncc itself reads no configuration file: this script is what `npm run build` runs, through ncc's API,
// once for each part that is loaded on its own (src/parts.ts), on what tsc has written to build/.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';

const root = dirname(fileURLToPath(import.meta.url));
const parts = { '.': 'action.js', cli: 'cli/index.js', engine: 'engine/index.js', worker: 'worker/index.js' };

await rm(join(root, 'dist'), { recursive: true, force: true });
for (const [part, entry] of Object.entries(parts)) {
  const { code, assets } = await ncc(join(root, 'build', entry), {
    cache: false,
    quiet: true,
    target: 'es2022',
    license: 'licenses.txt',
    // A browser for machines without one; 67 MB, so it is taken from node_modules where it is installed.
    externals: ['@sparticuz/chromium'],
  });
  const files = { 'index.js': { source: code, permissions: 0o644 }, ...assets };
  for (const [name, { source, permissions }] of Object.entries(files)) {
    const path = join(root, 'dist', part, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, source, { mode: part === 'cli' && name === 'index.js' ? 0o755 : permissions });
  }
}
