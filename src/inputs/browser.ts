import { type BrowserChoice, browserVersion, versionPattern } from '../plan/browser.ts';
import type { ValueType } from './value-types.ts';

const prefix = 'chrome@';

/** `system`, `stable` or `chrome@154.0.8100.2`: never a path or an address, since a config file may hold it. */
export const browserType: ValueType<BrowserChoice> = {
  parse: (raw) => {
    const word = String(raw).trim();
    if (word === 'system' || word === 'stable') {
      return { value: { kind: word } };
    }
    const version = word.startsWith(prefix) ? word.slice(prefix.length) : '';
    return browserVersion.test(version)
      ? { value: { kind: 'version', version } }
      : {
          problem: `must be system, stable or a whole version such as chrome@154.0.8100.2, not ${JSON.stringify(raw) ?? String(raw)}`,
        };
  },
  schema: { type: 'string', pattern: `^(system|stable|${prefix}${versionPattern})$` },
  placeholder: 'system|stable|chrome@VERSION',
};
