// Builds dist/ from what tsc has written to build/. ncc itself reads no configuration file: this script is what
// `npm run build` runs, through ncc's API.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { minify } from 'rolldown/utils';
import { mapToSources } from './scripts/map-to-sources.ts';

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

/** What is loaded on its own, each with all that it needs (src/check/bundles.ts), and what other programs import. */
const bundled = [
  'step/index.js',
  'cli/command-line.js',
  'engine/index.js',
  'browsers/index.js',
  'worker/index.js',
  'library/index.js',
];

/** The types of the library, which need no other file of ours. */
const types = ['index', 'compare', 'results'];

await rm(join(root, 'dist'), { recursive: true, force: true });
for (const entry of bundled) {
  const { code, map, assets } = await ncc(join(root, 'build', entry), {
    cache: false,
    quiet: true,
    target: 'es2022',
    license: 'licenses.txt',
    sourceMap: true,
    sourceMapRegister: false,
    // A browser for machines without one; 67 MB, so it is taken from node_modules where it is installed.
    externals: ['@sparticuz/chromium'],
  });
  const main = entry.slice(entry.indexOf('/') + 1);
  const sources = { [main]: code, [`${main}.map`]: map };
  for (const [name, { source }] of Object.entries(assets)) {
    sources[name] = source.toString();
  }
  await mkdir(join(root, 'dist', dirname(entry)), { recursive: true });
  for (const [name, text] of Object.entries(sources)) {
    const path = join(root, 'dist', dirname(entry), name);
    if (name.endsWith('.js')) {
      await writeMinified(path, text, JSON.parse(sources[`${name}.map`]));
    } else if (!name.endsWith('.map')) {
      await writeFile(path, text);
    }
  }
}
for (const [from, to] of Object.entries(copied)) {
  await mkdir(dirname(join(root, 'dist', to)), { recursive: true });
  const text = await readFile(join(root, 'build', from), 'utf8');
  await writeFile(join(root, 'dist', to), text.replace(/\n\/\/# sourceMappingURL=.*/, ''));
}
for (const name of types) {
  const text = await readFile(join(root, 'build/types/library', `${name}.d.ts`), 'utf8');
  // The compiler rewrites the paths of what runs, but not those of types.
  await writeFile(join(root, 'dist/library', `${name}.d.ts`), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
}
await chmod(join(root, 'dist/cli/index.js'), 0o755);
await writeFile(join(root, 'dist', 'package.json'), '{\n  "type": "module"\n}\n');

/**
 * Half of the step's time before its first request went into reading its own text. Names of functions and classes stay, since
 * messages and stack traces show them. In ASCII alone a text takes half the memory, and is read in a fraction of the time.
 */
async function writeMinified(path, text, inputMap) {
  const { code, map, errors } = await minify(path, text, {
    module: true,
    compress: { target: 'es2022', keepNames: { function: true, class: true } },
    mangle: { keepNames: true },
    codegen: { asciiOnly: true, legalComments: 'none' },
    sourcemap: true,
    inputMap,
  });
  if (errors.length > 0) {
    throw new Error(`${path}: ${errors.map(({ message }) => message).join('\n')}`);
  }
  await writeFile(path, code);
  const own = await mapToSources(map, root);
  if (own !== undefined) {
    await writeFile(`${path}.map`, own);
  }
}
