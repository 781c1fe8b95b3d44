import { annotate, debug, endGroup, info, startGroup } from '../publish/runner-commands.ts';
import type { Log } from '../system/ports.ts';

/** The log of the workflow step. Warnings and errors become annotations there, so they are few and written for people. */
export const stepLog: Log = {
  debug,
  info,
  warn: (message) => annotate('warning', message),
  error: (message) => annotate('error', message),
  startGroup,
  endGroup,
};
