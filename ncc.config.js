// Builds dist/ from what tsc has written to build/. ncc itself reads no configuration file: this script is what
// `npm run build` runs, through ncc's API.
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * What is as it is: the entries, which check the version of Node and listen for signals before they load anything that
 * takes time. None of these imports anything else.
 */
const copied = {
  'action.js': 'index.js',
  'cli/index.js': 'cli/index.js',
  'system/require-node.js': 'system/require-node.js',
  'system/stop-signal.js': 'system/stop-signal.js',
};

/** What is loaded on its own, each with all that it needs (src/check/bundles.ts). */
const bundled = ['step/index.js', 'cli/command-line.js', 'engine/index.js', 'browsers/index.js', 'worker/index.js'];

await rm(join(root, 'dist'), { recursive: true, force: true });
for (const entry of bundled) {
  const { code, assets } = await ncc(join(root, 'build', entry), {
    cache: false,
    quiet: true,
    target: 'es2022',
    license: 'licenses.txt',
    // A browser for machines without one; 67 MB, so it is taken from node_modules where it is installed.
    externals: ['@sparticuz/chromium'],
  });
  const folder = join(root, 'dist', dirname(entry));
  const files = { [entry.slice(entry.indexOf('/') + 1)]: { source: code, permissions: 0o644 }, ...assets };
  for (const [name, { source, permissions }] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), source, { mode: permissions });
  }
}
for (const [from, to] of Object.entries(copied)) {
  await mkdir(dirname(join(root, 'dist', to)), { recursive: true });
  await cp(join(root, 'build', from), join(root, 'dist', to));
}
await chmod(join(root, 'dist/cli/index.js'), 0o755);
await writeFile(join(root, 'dist', 'package.json'), '{\n  "type": "module"\n}\n');
