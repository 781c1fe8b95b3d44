import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['.', 'bench/compare', 'bench/discover', 'bench/engine', 'bench/trust', 'src/kernel'];

type Dependencies = Readonly<Record<string, string>>;
interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Where npm would find a package for one that stands at `path`: beside it, or in a folder above. */
function find(packages: Readonly<Record<string, LockedPackage>>, path: string, name: string): LockedPackage | undefined {
  for (
    let folder = path;
    ;
    folder = folder.includes('/node_modules/') ? folder.replace(/\/node_modules\/(?!.*\/node_modules\/).*$/, '') : ''
  ) {
    const found = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`];
    if (found !== undefined || folder === '') {
      return found;
    }
  }
}

describe.each(folders)('%s/package-lock.json', (folder) => {
  const read = async (file: string) => JSON.parse(await readFile(join(root, folder, file), 'utf8'));

  it('is of its package.json', async () => {
    const { packages } = await read('package-lock.json');
    const { dependencies = {}, devDependencies = {} } = await read('package.json');
    expect(packages[''].dependencies ?? {}).toEqual(dependencies);
    expect(packages[''].devDependencies ?? {}).toEqual(devDependencies);
  });

  // A lock file that npm writes over an existing node_modules leaves out what other systems need, and installs there no more.
  it('holds all that every system needs', async () => {
    const { packages } = (await read('package-lock.json')) as { packages: Readonly<Record<string, LockedPackage>> };
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...(path === '' ? entry.devDependencies : {}) })
        .filter((name) => find(packages, path, name) === undefined)
        .map((name) => `${path === '' ? 'package.json' : path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no server', async () => {
    expect(await readFile(join(root, folder, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "(?!git)/);
  });
});

it('no other package.json of the project goes without a lock file', () => {
  expect(folders.filter((folder) => !existsSync(join(root, folder, 'package-lock.json')))).toEqual([]);
  expect(dirname(join(root, 'package.json'))).toBe(root.replace(/\/$/, ''));
});
