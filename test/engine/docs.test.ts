import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { steadyFlags } from '../../src/engine/browser/flags.ts';
import { faultSettings, faults } from '../../src/engine/faults/table.ts';
import { engineLimits } from '../../src/engine/limits.ts';

const docs = await readFile('docs/engine.md', 'utf8');

/** The rows of the table with this head, as `[first cell, second cell]`. */
function tableOf(head: string): [string, string][] {
  const table = docs.split('\n\n').find((block) => block.startsWith(`| ${head} |`));
  return (table ?? '')
    .split('\n')
    .slice(2)
    .map((row) => {
      const [, first = '', second = ''] = row.split('|');
      return [first.trim().replaceAll('`', ''), second.trim()];
    });
}

test('every fault is documented, and nothing that is no fault', () => {
  expect(tableOf('fault')).toEqual(Object.entries(faults).map(([name, { does }]) => [name, does]));
});

test('every setting is documented with its meaning', () => {
  const settings = tableOf('setting');
  expect(settings.map(([name]) => name)).toEqual(Object.keys(faultSettings));
  for (const [name, text] of settings) {
    expect(text).toContain(faultSettings[name as keyof typeof faultSettings].means);
  }
});

test('every switch of Chrome is documented with its reason', () => {
  expect(tableOf('switch')).toEqual(steadyFlags.map(({ flag, why }) => [flag, why]));
});

test('the limits in the text are those of the code', () => {
  expect(docs).toContain(`${engineLimits.pictureSidePx.toLocaleString('en-US')} device pixels a side`);
  expect(docs).toContain(`${engineLimits.picturePixels / 1e6} million in all`);
});
