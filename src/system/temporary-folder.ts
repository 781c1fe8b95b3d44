import { createHash } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a while; disposing of it removes it with all that is in it. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Where temporary folders lie: the runner's own place for them, which it empties between jobs, else the system's. */
export function temporaryRoot(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const ofRunner = env['RUNNER_TEMP'];
  return ofRunner === undefined || ofRunner === '' ? tmpdir() : ofRunner;
}

/** Makes a folder. The first one of a process also clears away what killed runs have left. */
export async function makeTemporaryFolder(purpose: string, root: string = temporaryRoot()): Promise<TemporaryFolder> {
  await clearLeftFolders(root);
  const path = await mkdtemp(join(root, `${prefix}${machine()}-${process.pid}-${purpose}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

const prefix = 'visual-capture-';
const ourName = /^visual-capture-([0-9a-f]{8})-(\d+)-/;
/** What nobody can tell whether it is in use is not after a day: jobs of hosted runners end after six hours. */
const oldMs = 24 * 3_600_000;

/**
 * Tells the machines apart that may share a folder: process ids mean nothing beyond one, and a container counts its own.
 * Linux names that by a link; elsewhere the host's name has to do.
 */
function machine(): string {
  let processes = '';
  try {
    processes = readlinkSync('/proc/self/ns/pid');
  } catch {
    // No Linux.
  }
  return createHash('sha256').update(`${hostname()} ${processes}`).digest('hex').slice(0, 8);
}

const cleared = new Map<string, Promise<void>>();

/** Removes what runs have left that were killed, once for each root. Never throws: it is a courtesy to the disk. */
export function clearLeftFolders(root: string = temporaryRoot()): Promise<void> {
  const known = cleared.get(root) ?? clear(root).catch(() => {});
  cleared.set(root, known);
  return known;
}

async function clear(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const [, where, id] = ourName.exec(name) ?? [];
    if (where !== undefined && (await isLeft(join(root, name), where, Number(id)))) {
      await rm(join(root, name), { recursive: true, force: true }).catch(() => {});
    }
  }
}

/** Whether a folder is this user's and the process that made it is gone. The temporary folder of the system is everybody's. */
async function isLeft(path: string, where: string, processId: number): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || !found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) {
    return false;
  }
  return where === machine() ? !isAlive(processId) : Date.now() - found.mtimeMs > oldMs;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
