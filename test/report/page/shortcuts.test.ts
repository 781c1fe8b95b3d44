import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findShortcut, shortcuts } from '../../../src/report/page/shortcuts.ts';

test('the documentation tells every key, and no other', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../docs/report.md'), 'utf8');
  const section = text.slice(text.indexOf('### Keys'), text.indexOf('### Links'));
  const documented = section.split('\n').filter((line) => line.startsWith('| `'));
  const rows = Object.values(shortcuts).map(({ keys, label }) => `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${label} |`);
  expect(documented).toEqual(rows);
});

test('no key does two things', () => {
  const keys = Object.values(shortcuts).flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

test('keys of the viewer do nothing in the overview', () => {
  expect(findShortcut('n', 'overview')).toBeUndefined();
  expect(findShortcut('n', 'viewer')).toBe('nextRegion');
  expect(findShortcut('j', 'overview')).toBe('next');
});
