import { hideSecrets } from '../address/hide-secrets.ts';
import type { Log } from '../system/ports.ts';

/** The log for what repeats the words of pages, such as their titles: without the secrets that it was given. */
export function hidingLog(log: Log, secrets: readonly string[]): Log {
  const hide = (text: string): string => hideSecrets(text, secrets);
  return {
    debug: (text) => log.debug(hide(text)),
    info: (text) => log.info(hide(text)),
    warn: (text) => log.warn(hide(text)),
    error: (text) => log.error(hide(text)),
    startGroup: (title) => log.startGroup(hide(title)),
    endGroup: () => log.endGroup(),
  };
}
