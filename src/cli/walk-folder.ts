import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isWithin } from '../basics/is-within.ts';
import { reasonOf, systemCodeOf, UserError } from '../errors/user-error.ts';

/** Something below a folder. Paths are relative to it, with `/` on every system. */
export type Entry =
  | { readonly kind: 'file'; readonly path: string }
  /** `reason` completes "PATH …". */
  | { readonly kind: 'unfollowed'; readonly path: string; readonly reason: string };

/** Links that lead to one another can make a few folders look like millions. */
const mostEntries = 100_000;

/**
 * Everything below a folder, sorted. Links are followed as far as they stay inside of it; those that do not are named.
 * Whatever is no file, folder or link, such as a pipe, is named as well.
 * @throws UserError when a folder cannot be read, or holds more than may be looked at.
 */
export async function walkFolder(root: string, shownPath: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  const realRoot = await realpath(root);
  await new Walk(realRoot, shownPath, found).visit('', [realRoot]);
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

class Walk {
  readonly #root: string;
  readonly #shownPath: string;
  readonly #found: Entry[];

  constructor(root: string, shownPath: string, found: Entry[]) {
    this.#root = root;
    this.#shownPath = shownPath;
    this.#found = found;
  }

  /** @param around where the folder and those that it lies in really are */
  async visit(folder: string, around: readonly string[]): Promise<void> {
    for (const entry of await this.#read(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) {
        await this.#follow(path, around);
      } else if (entry.isDirectory()) {
        await this.visit(path, [...around, join(around.at(-1) ?? '', entry.name)]);
      } else {
        this.#add(entry.isFile() ? { kind: 'file', path } : { kind: 'unfollowed', path, reason: 'is no file' });
      }
    }
  }

  async #read(folder: string) {
    try {
      return await readdir(join(this.#root, folder), { withFileTypes: true });
    } catch (error) {
      throw new UserError(
        `Cannot read the folder ${folder === '' ? this.#shownPath : `${this.#shownPath}/${folder}`}: ${reasonOf(error)}`,
        'Give this user the right to read it, or take it out of the folder that is compared.',
        { cause: error, wrongInput: true },
      );
    }
  }

  async #follow(path: string, around: readonly string[]): Promise<void> {
    const unfollowed = (reason: string): void => this.#add({ kind: 'unfollowed', path, reason });
    let real: string;
    try {
      real = await realpath(join(this.#root, path));
    } catch (error) {
      unfollowed(describeBrokenLink(error));
      return;
    }
    if (!isWithin(real, this.#root)) {
      unfollowed('is a link that leads out of the folder');
      return;
    }
    const target = await stat(real);
    if (target.isFile()) {
      this.#add({ kind: 'file', path });
    } else if (!target.isDirectory()) {
      unfollowed('is a link to what is no file');
    } else if (around.includes(real)) {
      unfollowed('is a link to a folder that it lies in');
    } else {
      await this.visit(path, [...around, real]);
    }
  }

  #add(entry: Entry): void {
    if (this.#found.length === mostEntries) {
      throw new UserError(
        `There are more than ${mostEntries.toLocaleString('en-US')} files below ${this.#shownPath}.`,
        'Compare a smaller folder, or take links out that lead to the same folders again and again.',
        { wrongInput: true },
      );
    }
    this.#found.push(entry);
  }
}

function describeBrokenLink(error: unknown): string {
  const code = systemCodeOf(error);
  if (code === 'ELOOP') {
    return 'is a link that leads to itself';
  }
  return code === 'ENOENT' ? 'is a link to what is not there' : `is a link that cannot be followed (${reasonOf(error)})`;
}
