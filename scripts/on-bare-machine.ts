import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Runs a command as on a machine that has nothing but what the README asks for, and that is set up as nobody expects:
 * a PATH of Node, npm, git and a shell, an empty home, a temporary folder whose name has to be quoted, a language and
 * a time zone of their own, files that only their owner may read, and no other variable.
 *
 * node scripts/on-bare-machine.ts npm test
 */

const programs = ['node', 'npm', 'git', 'sh'] as const;

/** Where the machine has a program. The project's own packages, which npm puts in front, are no part of the machine. */
function locate(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const own = folders.filter((folder) => !folder.includes('node_modules')).map((folder) => join(folder, program));
  const found = own.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) {
    throw new Error(`${program} is not on the PATH.`);
  }
  return found;
}

const [command, ...args] = process.argv.slice(2);
if (command === undefined) {
  throw new Error('Name the command to run: node scripts/on-bare-machine.ts npm test');
}

const machine = await mkdtemp(join(tmpdir(), 'bare-machine-'));
const bin = join(machine, 'bin');
const home = join(machine, 'home');
const temporary = join(machine, "Zoë's temporary files – 100% ✓");
process.umask(0o077);
try {
  for (const folder of [bin, home, temporary]) {
    await mkdir(folder);
  }
  for (const program of programs) {
    await symlink(locate(program), join(bin, program));
  }
  const env = {
    PATH: bin,
    HOME: home,
    TMPDIR: temporary,
    LC_ALL: 'tr_TR.UTF-8',
    TZ: 'Pacific/Chatham',
    // Tests then write no picture or text that is missing, and fail.
    CI: 'true',
  };
  const child = spawn(join(bin, command), args, { env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  process.exitCode = Number(code ?? 1);
} finally {
  await rm(machine, { recursive: true, force: true });
}
