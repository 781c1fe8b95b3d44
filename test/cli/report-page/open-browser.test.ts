import { expect, test } from 'vitest';
import { chooseOpener } from '../../../src/cli/report-page/open-browser.ts';

test.each(['darwin', 'linux', 'freebsd', 'win32'] as const)(
  '%s: the address is one argument of a program that is no shell',
  (platform) => {
    const { file, args } = chooseOpener('http://127.0.0.1:1/a&b;$(c)/', platform);
    expect(args.at(-1)).toBe('http://127.0.0.1:1/a&b;$(c)/');
    expect(file).not.toMatch(/cmd|sh$|powershell/);
  },
);
