import * as core from '@actions/core';
import type { Log } from '../system/ports.ts';

/** The log of the workflow step. Warnings and errors become annotations there, so they are few and written for people. */
export const stepLog: Log = {
  // The runner hides these unless debugging is on; elsewhere they would be noise.
  debug: (message) => (core.isDebug() ? core.debug(message) : undefined),
  info: core.info,
  warn: core.warning,
  error: core.error,
  startGroup: core.startGroup,
  endGroup: core.endGroup,
};
