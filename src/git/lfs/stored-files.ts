import { posix } from 'node:path';
import type { ObjectId, ScratchRepository, Tree } from '../scratch-repository.ts';
import { checkLfsConfig } from './endpoint.ts';
import { LfsError } from './lfs-error.ts';
import { describeObject, parsePointer, renderPointer } from './pointer.ts';
import type { LfsServer } from './server.ts';

/** What .gitattributes call the filter of Git LFS. */
const lfsFilter = 'lfs';

/**
 * Stores files for a commit that follows `parent`, each as the .gitattributes there ask for: as it is, or as a pointer
 * after its content was sent to Git LFS. Nothing is pushed. `connect` is asked only where there is something to send.
 * @throws LfsError when they cannot be stored so; GitError.
 */
export async function storeFiles(
  repository: ScratchRepository,
  parent: ObjectId | undefined,
  files: ReadonlyMap<string, Uint8Array>,
  connect: () => LfsServer,
): Promise<Tree> {
  const filters = parent === undefined ? new Map<string, string>() : await readFilters(repository, parent, [...files.keys()]);
  const unknown = [...filters].find(([, filter]) => filter !== lfsFilter);
  if (unknown !== undefined) {
    throw new LfsError('unsupported', `.gitattributes gives ${unknown[0]} the filter "${unknown[1]}", which only a checkout has`);
  }
  const large = [...files].filter(([path]) => filters.has(path)).map(([, bytes]) => bytes);
  if (parent !== undefined && large.length > 0) {
    const lfs = connect();
    await checkLfsConfig(repository, await repository.readTree(parent), lfs.endpoint);
    await lfs.upload(large);
  }
  const stored = new Map<string, ObjectId>();
  for (const [path, bytes] of files) {
    const content = filters.has(path) ? new TextEncoder().encode(renderPointer(describeObject(bytes))) : bytes;
    stored.set(path, await repository.writeBlob(content));
  }
  return stored;
}

/** Reads a file of a commit, from Git LFS where a pointer stands for it. @throws LfsError, GitError */
export async function readStored(repository: ScratchRepository, blob: ObjectId, connect: () => LfsServer): Promise<Uint8Array> {
  const bytes = await repository.readBlob(blob);
  const pointer = parsePointer(bytes);
  return pointer === undefined ? bytes : connect().download(pointer);
}

async function readFilters(
  repository: ScratchRepository,
  commit: ObjectId,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const tree = await repository.readTree(commit);
  const folders = new Set(paths.flatMap(foldersOf));
  const attributes = [...folders].flatMap((folder) => tree.get(posix.join(folder, '.gitattributes')) ?? []);
  if (attributes.length === 0) {
    return new Map();
  }
  // In one request; git would fetch them one by one.
  await repository.fetchBlobs(commit, attributes);
  return repository.readFilters(commit, paths);
}

/** The folders that a path lies in, from the root on. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return ['.', ...names.map((_, at) => names.slice(0, at + 1).join('/'))];
}
