import { stat } from 'node:fs/promises';
import { basename, dirname, posix, resolve } from 'node:path';
import { inspectPicture } from '../compare/inspect.ts';
import { pictureLimits } from '../compare/limits.ts';
import { reasonOf, systemCodeOf, UserError } from '../errors/user-error.ts';
import { importBackstop, referenceFolderOf } from '../import/backstop/import-backstop.ts';
import type { Imported } from '../import/imported.ts';
import type { LiteralRecord } from '../import/literal.ts';
import { baselineFolderOf, importLostPixel } from '../import/lost-pixel.ts';
import { importPlaywright, readPlaywrightConfig, type Snapshot } from '../import/playwright.ts';
import { openFolder } from '../system/folder.ts';
import type { Folder } from '../system/ports.ts';

/** Larger configurations are none that a person wrote, in bytes. */
const largestConfig = 5_000_000;
/** Of a folder that is looked through. A project with more pictures than this has named the wrong folder. */
const mostPictures = 20_000;

export const importSources = ['backstop', 'lost-pixel', 'playwright'] as const;
export type ImportSource = (typeof importSources)[number];

/** What was read, and the folder that nothing outside of is looked at. */
export interface ReadImport {
  readonly imported: Imported;
  /** For people, e.g. `BackstopJS`. */
  readonly title: string;
  /** The configuration, or the folder, as the user named it. */
  readonly source: string;
  readonly folder: Folder;
}

const scripts = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'] as const;
const configNames = (name: string): string[] => scripts.map((extension) => `${name}.${extension}`);

/**
 * Reads what another tool has at a path. Programs are parsed and never run.
 * @throws UserError
 */
export async function readImport(source: ImportSource, path: string, directory: string): Promise<ReadImport> {
  const isFolder = await checkPath(path, directory);
  const root = isFolder ? resolve(directory, path) : dirname(resolve(directory, path));
  const folder = openFolder(root, path, root);
  const named = isFolder ? undefined : basename(path);
  switch (source) {
    case 'backstop': {
      const { file, config } = await readConfig(
        folder,
        named,
        ['backstop.json', 'backstop.js', 'backstop.config.js', 'backstop.cjs'],
        path,
      );
      const references = await listPictures(folder, referenceFolderOf(config), file);
      return { imported: importBackstop(config, references), title: 'BackstopJS', source: file, folder };
    }
    case 'lost-pixel': {
      const { file, config } = await readConfig(folder, named, configNames('lostpixel.config'), path);
      const baselines = await listPictures(folder, baselineFolderOf(config), file);
      return { imported: importLostPixel(config, baselines), title: 'Lost Pixel', source: file, folder };
    }
    case 'playwright': {
      if (!isFolder) {
        throw wrong(`${path} is a file`, 'Give the folder of the project or of its tests, in which the folders …-snapshots lie.');
      }
      const snapshots = await findSnapshots(folder, path);
      const config = await readConfig(folder, undefined, configNames('playwright.config'), path).catch(() => undefined);
      return {
        imported: importPlaywright(snapshots, readPlaywrightConfig(config?.config)),
        title: 'Playwright',
        source: path,
        folder,
      };
    }
  }
}

/** A picture of the folder, once it has shown that it is one. */
export async function readPicture(folder: Folder, path: string): Promise<{ png: Uint8Array } | { reason: string }> {
  try {
    const png = await folder.read(path, pictureLimits.fileBytes);
    const seen = png === undefined ? undefined : await inspectPicture(png);
    if (png === undefined || seen === undefined) {
      return { reason: 'it is not there' };
    }
    if (seen.kind === 'unreadable') {
      return { reason: seen.reason };
    }
    return seen.format === 'png' ? { png } : { reason: 'it is a JPEG, and baselines are PNG files' };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function nameFolder(path: string): string {
  return posix.normalize(path) === '.' ? 'this folder' : path;
}

function wrong(message: string, fix: string, cause?: unknown): UserError {
  return new UserError(`${message}. Nothing was written.`, fix, { wrongInput: true, cause });
}

async function checkPath(path: string, directory: string): Promise<boolean> {
  try {
    return (await stat(resolve(directory, path))).isDirectory();
  } catch (error) {
    throw systemCodeOf(error) === 'ENOENT'
      ? wrong(`There is no file or folder ${path}`, 'Give the configuration of the other tool, or the folder that it is in.')
      : wrong(`Cannot read ${path}: ${reasonOf(error)}`, 'Check the path and its permissions.', error);
  }
}

async function readConfig(
  folder: Folder,
  named: string | undefined,
  names: readonly string[],
  path: string,
): Promise<{ file: string; config: LiteralRecord }> {
  for (const name of named === undefined ? names : [named]) {
    const file = named === undefined ? posix.join(path, name) : path;
    const bytes = await folder.read(name, largestConfig).catch((error: unknown) => {
      throw wrong(`Cannot read ${file}: ${reasonOf(error)}`, 'Check the file and its permissions.', error);
    });
    if (bytes !== undefined) {
      return { file, config: await parseConfig(new TextDecoder().decode(bytes), name, file) };
    }
  }
  throw wrong(`There is no configuration (${names.join(', ')}) in ${nameFolder(path)}`, 'Give the file itself.');
}

async function parseConfig(text: string, name: string, file: string): Promise<LiteralRecord> {
  // Loaded when it is asked for: no other command needs a parser of programs.
  const { readJson, readModule, UnreadableConfig } = await import('../import/read-literal.ts');
  try {
    return name.endsWith('.json') ? readJson(text) : readModule(text, ['config']);
  } catch (error) {
    if (error instanceof UnreadableConfig) {
      const fix = name.endsWith('.json')
        ? 'Correct the file.'
        : `The file is read and never run. Have it print its object as JSON (node -e "console.log(JSON.stringify(require('./${name}')))" > config.json), and import that.`;
      throw wrong(`${file} ${error.message}`, fix, error);
    }
    throw error;
  }
}

/** Pictures of a folder that the configuration names, by their path in it. It must lie beside the configuration, or below. */
async function listPictures(folder: Folder, below: string, file: string): Promise<ReadonlyMap<string, string>> {
  const inside = posix.normalize(below.replaceAll('\\', '/'));
  if (posix.isAbsolute(inside) || inside === '..' || inside.startsWith('../') || /^[a-z]:/i.test(inside)) {
    throw wrong(
      `${file} keeps its pictures at ${below}, outside of its folder`,
      'Move the pictures below the configuration and name them there. Nothing else is read.',
    );
  }
  const paths = (await folder.list(inside)).filter((path) => path.toLowerCase().endsWith('.png'));
  refuseMany(paths, below);
  return new Map(paths.map((path) => [posix.relative(inside, path), path]));
}

async function findSnapshots(folder: Folder, path: string): Promise<Snapshot[]> {
  const paths = (await folder.list()).filter(
    (one) => /-snapshots\/.*\.png$/i.test(one) && !/(^|\/)(node_modules|\.git|test-results|playwright-report)\//.test(one),
  );
  if (paths.length === 0) {
    throw wrong(
      `There is no picture in a folder …-snapshots below ${nameFolder(path)}`,
      'Give the folder of the tests. Where snapshotPathTemplate puts the pictures elsewhere, give them that form first.',
    );
  }
  refuseMany(paths, path);
  const found: Snapshot[] = [];
  for (const one of paths) {
    const bytes = await folder.read(one, pictureLimits.fileBytes).catch(() => undefined);
    const seen = bytes === undefined ? undefined : await inspectPicture(bytes);
    found.push({ path: one, ...(seen?.kind === 'image' ? seen.size : { width: 0, height: 0 }) });
  }
  return found;
}

function refuseMany({ length }: readonly string[], where: string): void {
  if (length > mostPictures) {
    throw wrong(
      `There are ${length} pictures below ${nameFolder(where)}, more than the ${mostPictures} that are read`,
      'Give a smaller folder.',
    );
  }
}
