import * as core from '@actions/core';
import { defuseCommands } from '../basics/defuse-commands.ts';
import { neutralize } from '../basics/text.ts';
import { writeCommands } from '../system/guarded-output.ts';

/** Where an annotation stands, and what it is called. */
export interface AnnotationPlace {
  readonly title?: string;
  readonly file?: string;
  readonly startLine?: number;
}

/*
 * Everything that the step tells the runner by commands; no other file writes one. @actions/core escapes what would end a
 * command or its line, and the runner puts the texts into the log line by line, so they are made harmless as well.
 */

/** A line of the log; one with line breaks is several. Colours stay. */
export function info(message: string): void {
  process.stdout.write(`${defuseCommands(message)}\n`);
}

export function annotate(level: 'error' | 'warning', message: string, place: AnnotationPlace = {}): void {
  const write = { error: core.error, warning: core.warning }[level];
  writeCommands(() => write(shown(message), { ...place, ...(place.title === undefined ? {} : { title: shown(place.title) }) }));
}

/** Shown when the workflow's debugging is on; elsewhere it would be noise. */
export function debug(message: string): void {
  if (core.isDebug()) {
    writeCommands(() => core.debug(shown(message)));
  }
}

/** Lines until `endGroup` can be folded away. */
export function startGroup(title: string): void {
  writeCommands(() => core.startGroup(shown(title)));
}

export function endGroup(): void {
  writeCommands(() => core.endGroup());
}

const masked = new Set<string>();

/** The runner shows `***` in place of this text from now on. */
export function mask(secret: string): void {
  if (!masked.has(secret)) {
    masked.add(secret);
    writeCommands(() => core.setSecret(secret));
  }
}

/** Throws what the file system does when the runner's file cannot be written. */
export function setOutput(name: string, value: string): void {
  writeCommands(() => core.setOutput(name, value));
}

function shown(text: string): string {
  return defuseCommands(neutralize(text));
}
