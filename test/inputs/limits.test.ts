import { describe, expect, it } from 'vitest';
import { InputError, type Problem } from '../../src/errors/problem.ts';
import { parseConfigFile } from '../../src/inputs/config-file.ts';
import { fileVariables } from '../../src/inputs/file-variables.ts';
import { maskList } from '../../src/inputs/masks.ts';
import { planCaptures } from '../../src/plan/plan-captures.ts';

const problemsOf = (text: string): string[] =>
  parseConfigFile(text, 'visual-capture.yml', fileVariables({}, new Map())).problems.map(({ message }) => message);
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

describe('a config file that asks for too much is told so, with the number', () => {
  it.each([
    ['many keys', lines(350_000, (index) => `k${index}: 1\n`), 'a mapping has 350000 keys, more than the 1000 that it may have'],
    ['many keys inside', `api-options: {${lines(1_001, (index) => `k${index}: 1, `)}}\n`, 'a mapping has 1001 keys'],
    [
      'many aliases',
      `viewports: &v [1x1]\ntargets:\n${lines(1_001, (index) => `  - {url: /${index}, viewports: *v}\n`)}`,
      'the file uses more than 1000 aliases such as *v. Write the values out',
    ],
    ['an alias of itself', 'api-options: &a {b: *a}\n', '*a stands for something that holds *a itself. Write the value out'],
    ['aliases of itself among the targets', 'targets: &t [/, *t]\n', '*t stands for something that holds *t itself'],
    [
      'aliases of aliases',
      `api-options: {a0: &a0 [x, x, x, x, x, x, x, x, x, x]${lines(9, (index) => `, a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(',')}]`)}}\n`,
      'cannot be read: Excessive alias count',
    ],
    ['deep lists', `api-options: ${'['.repeat(100_000)}\n`, 'is not valid YAML: it is nested too deeply'],
    ['one key twice', 'output: a\noutput: b\n', 'is not valid YAML: the key "output" stands there twice'],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)[0]).toContain(expected);
  });

  it('a long name, which does not bury what is wrong with it', () => {
    const error = new InputError([{ place: { kind: 'input', name: 'urls' }, message: `${'n'.repeat(1_000_000)} is too long` }]);
    expect(error.message.length).toBeLessThan(2_200);
    expect(error.message).toMatch(/nnn \[…\] nnn.*is too long$/);
  });

  it('many masks', () => {
    const rects = (count: number): unknown => Array.from({ length: count }, (_, x) => ({ x, y: 0, width: 1, height: 1 }));
    expect(maskList.parse(rects(20_000))).toEqual({ problem: 'has 20000 entries, more than the 1000 that a target may have' });
    expect(maskList.parse(rects(1_000))).toHaveProperty('value.length', 1_000);
    expect(maskList.parse(['a'.repeat(1_001)])).toHaveProperty('problem', expect.stringContaining('1001 characters'));
  });

  it('many captures', () => {
    const problems: Problem[] = [];
    const viewports = Array.from({ length: 1_000 }, (_, width) => ({ name: `v${width}`, width, height: 1, scale: 1 }));
    const targets = Array.from({ length: 200 }, (_, index) => ({
      place: { kind: 'file', file: 'visual-capture.yml', line: index + 1 } as const,
      page: { kind: 'url', url: `https://x.dev/${index}` } as const,
      viewports,
      colorSchemes: ['light'] as const,
      settings: { format: 'png' } as const,
      compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
    }));
    expect(planCaptures(targets, { base: undefined, baseline: undefined }, problems)).toHaveLength(100_000);
    expect(problems).toEqual([
      {
        place: { kind: 'file', file: 'visual-capture.yml', line: 101 },
        message:
          'the targets and viewports up to here make more than the 100000 captures that a run may have. Split the config file in several',
      },
    ]);
  });
});
