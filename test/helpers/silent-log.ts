import type { Log } from '../../src/system/ports.ts';

/** For tests that look at results, not at what is said on the way. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  startGroup: () => {},
  endGroup: () => {},
};
