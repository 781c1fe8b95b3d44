import { dirname, join, relative, resolve } from 'node:path';
import { defaultConfigFiles } from '../inputs/load.ts';
import type { Arguments } from './arguments.ts';
import type { Terminal } from './command.ts';
import { exists } from './exists.ts';

/** Flags whose value is a path of the person who typed it. */
const pathFlags = ['output', 'baseline-directory', 'browser-path'] as const;

/**
 * Goes to the project that the command is about, as npm and git do: from a subfolder up to the nearest folder with a
 * config file, at most to the top of the repository. Paths among the flags stay where they were meant. With `--config`,
 * or without any config file, nothing changes.
 */
export async function enterProject(
  args: Arguments,
  terminal: Terminal,
): Promise<{ readonly args: Arguments; readonly terminal: Terminal }> {
  const project = args.flags.has('config') ? undefined : await findProject(terminal.directory);
  if (project === undefined || project === terminal.directory) {
    return { args, terminal };
  }
  terminal.log.info(`The project is ${relative(terminal.directory, project)}`);
  const flags = new Map(args.flags);
  for (const name of pathFlags) {
    const written = flags.get(name);
    if (written !== undefined) {
      flags.set(name, relative(project, resolve(terminal.directory, written)) || '.');
    }
  }
  return { args: { ...args, flags }, terminal: { ...terminal, directory: project } };
}

async function findProject(directory: string): Promise<string | undefined> {
  for (const file of defaultConfigFiles) {
    if (await exists(join(directory, file))) {
      return directory;
    }
  }
  const parent = dirname(directory);
  return parent === directory || (await exists(join(directory, '.git'))) ? undefined : findProject(parent);
}
