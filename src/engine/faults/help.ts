import { conditions, faultSettings, faults } from './table.ts';

/** The faults and their settings as plain text, for the command line's help. */
export function renderFaultHelp(): string {
  const width = Math.max(...Object.keys(faults).map((name) => name.length));
  const line = (name: string, text: string): string => `  ${name.padEnd(width)}  ${text}`;
  return [
    'Faults:',
    ...Object.entries(faults).map(([name, { does }]) => line(name, does)),
    'Settings, separated by commas; without any, a fault applies to every request:',
    ...conditions.map((key) => line(key, faultSettings[key].means)),
    line('retry-after', `${faultSettings['retry-after'].means} (error codes only)`),
    line('ms', `${faultSettings.ms.means} (delay only)`),
    'Example: engine_busy:first=3,retry-after=2',
  ].join('\n');
}
