import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { defuseCommands } from '../basics/defuse-commands.ts';
import { neutralize } from '../basics/text.ts';
import { writeCommands } from '../system/guarded-output.ts';
import { renderCommand, renderFileEntry } from './workflow-command.ts';

/** Where an annotation stands, and what it is called. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/*
 * Everything that the step tells the runner by commands; no other file writes one. What would end a command or its line is
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
export function setOutput(name: string, value: string): void {
  const path = process.env['GITHUB_OUTPUT'];
  if (path === undefined || path === '') {
    // Outside of a workflow: for whoever reads along.
    writeCommands(() => process.stdout.write('\n'));
    command('set-output', value, { name });
    return;
  }
  // The runner has made the file; another in its place would be read by nobody.
  if (!existsSync(path)) {
    throw new Error(`Missing file at path: ${path}`);
  }
  appendFileSync(path, renderFileEntry(name, value, randomUUID()));
}

function command(name: string, message = '', properties: Parameters<typeof renderCommand>[1] = {}): void {
  writeCommands(() => process.stdout.write(renderCommand(name, properties, message)));
}

function shown(text: string): string {
  return defuseCommands(neutralize(text));
}
