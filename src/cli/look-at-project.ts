import { dirname, join, relative } from 'node:path';
import { posixPath } from '../basics/posix-path.ts';
import { askGit } from '../git/ask-git.ts';
import { type LockFile, lockFiles, type ProjectFiles, readPaths, seenPaths } from '../init/project-files.ts';
import { openFolder } from '../system/folder.ts';
import { exists } from './exists.ts';

/** A package.json or a configuration that is larger than this, in bytes, is none that a person wrote. */
const largestFile = 1_000_000;

/** The branch that GitHub makes for a new repository. */
const usualBranch = 'main';

/** Where a project stands: on disk, and in its repository. */
export interface ProjectPlace {
  /** The top of the repository; the project's own folder where there is none. */
  readonly top: string;
  /** From there to the project, with `/`; empty at the top. */
  readonly folder: string;
}

export async function findPlace(directory: string): Promise<ProjectPlace> {
  for (let top = directory; ; top = dirname(top)) {
    if (await exists(join(top, '.git'))) {
      return { top, folder: posixPath(relative(top, directory)) };
    }
    if (dirname(top) === top) {
      return { top: directory, folder: '' };
    }
  }
}

/** What `init` decides by. Files that are links out of the repository, or no files, are not there for it. */
export async function readProject(directory: string, { top }: ProjectPlace): Promise<ProjectFiles> {
  const folder = openFolder(directory, '', top);
  const read = await Promise.all(
    readPaths.map(async (path): Promise<[string, string][]> => {
      const bytes = await folder.read(path, largestFile).catch(() => undefined);
      return bytes === undefined ? [] : [[path, new TextDecoder().decode(bytes)]];
    }),
  );
  const seen = await Promise.all(
    seenPaths.map(async (path): Promise<[string, string][]> => ((await exists(join(directory, path))) ? [[path, '']] : [])),
  );
  return new Map([...read.flat(), ...seen.flat()]);
}

/** The nearest lock file, from the project's folder up to the top of the repository. */
export async function findLock(
  directory: string,
  { top }: ProjectPlace,
): Promise<{ readonly file: LockFile; readonly folder: string } | undefined> {
  for (let folder = directory; ; folder = dirname(folder)) {
    for (const file of Object.keys(lockFiles) as LockFile[]) {
      if (await exists(join(folder, file))) {
        return { file, folder: posixPath(relative(top, folder)) };
      }
    }
    if (folder === top) {
      return undefined;
    }
  }
}

/** As the clone knows it of its server, else the branch that is checked out where it has a usual name, else `main`. */
export async function findDefaultBranch(directory: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const ask = (ref: string): Promise<string | undefined> =>
    askGit(directory, env, 'symbolic-ref', '--short', '--quiet', ref).catch(() => undefined);
  const remote = (await ask('refs/remotes/origin/HEAD'))?.replace(/^origin\//, '');
  const current = await ask('HEAD');
  const branch = remote ?? (current === 'master' ? current : usualBranch);
  // It becomes a part of a workflow. What else a branch may be called is not worth a mistake there.
  return /^[\w][\w./-]*$/.test(branch) ? branch : usualBranch;
}
