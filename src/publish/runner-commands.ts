import { defuseCommands } from '../basics/defuse-commands.ts';
import { neutralize } from '../basics/text.ts';
import { writeCommands } from '../system/guarded-output.ts';
import { renderCommand } from './workflow-command.ts';

/** Where an annotation stands, and what it is called. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/*
 * Everything that the step tells the runner by commands and outputs; no other file does. What would end a command or its line is
 * escaped, and the runner puts the texts into the log line by line, so they are made harmless as well.
 */

/** A line of the log; one with line breaks is several. Colours stay. */
export function info(message: string): void {
  process.stdout.write(`${defuseCommands(message)}\n`);
}

export function annotate(level: 'error' | 'warning', message: string, place: AnnotationPlace = {}): void {
  const { title, file, startLine } = place;
  const properties =
    Object.keys(place).length === 0 ? {} : { title: title === undefined ? undefined : shown(title), file, line: startLine };
  command(level, shown(message), properties);
}

/** Shown when the workflow's debugging is on; elsewhere it would be noise. */
export function debug(message: string): void {
  if (process.env['RUNNER_DEBUG'] === '1') {
    command('debug', shown(message));
  }
}

/** Lines until `endGroup` can be folded away. */
export function startGroup(title: string): void {
  command('group', shown(title));
}

export function endGroup(): void {
  command('endgroup');
}

const masked = new Set<string>();

/** The runner shows `***` in place of this text from now on. */
export function mask(secret: string): void {
  if (!masked.has(secret)) {
    masked.add(secret);
    command('add-mask', secret);
  }
}

/** Throws what the file system does when the runner's file cannot be written. */
export async function setOutputs(values: Readonly<Record<string, string>>): Promise<void> {
  // Loaded at the end: it brings an HTTP client of its own along, for which the first request need not wait.
  const { setOutput } = await import('@actions/core');
  for (const [name, value] of Object.entries(values)) {
    writeCommands(() => setOutput(name, value));
  }
}

function command(name: string, message = '', properties: Parameters<typeof renderCommand>[1] = {}): void {
  writeCommands(() => process.stdout.write(renderCommand(name, properties, message)));
}

function shown(text: string): string {
  return defuseCommands(neutralize(text));
}
