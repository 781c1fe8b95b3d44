import { neutralize } from '../basics/text.ts';
import type { Log } from '../system/ports.ts';

/** Writes log lines to standard error, so that standard output holds the result alone. */
export function consoleLog(write: (text: string) => void): Log {
  const line = (text: string): void => write(`${neutralize(text)}\n`);
  return {
    debug: () => undefined,
    info: line,
    warn: (message) => line(`Warning: ${message}`),
    error: (message) => line(`Error: ${message}`),
    startGroup: line,
    endGroup: () => undefined,
  };
}
