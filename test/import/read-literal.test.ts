import { describe, expect, it, test } from 'vitest';
import type { Literal } from '../../src/import/literal.ts';
import { readJson, readModule, UnreadableConfig } from '../../src/import/read-literal.ts';

/** As JSON would have it; what is computed is `?`. */
function plain(value: Literal): unknown {
  switch (value.kind) {
    case 'text':
    case 'number':
    case 'flag':
      return value.value;
    case 'null':
      return null;
    case 'list':
      return value.items.map(plain);
    case 'record':
      return Object.fromEntries([...value.fields].map(([key, entry]) => [key, plain(entry)]));
    case 'computed':
      return '?';
  }
}

const readConfig = (text: string): unknown => plain(readModule(text, ['config']));

test.each([
  ['export default { a: 1 }'],
  ['module.exports = { a: 1 };'],
  ['exports.config = { a: 1 };'],
  ['export const config = { a: 1 };'],
  ['const own = { a: 1 }; export default own;'],
  ['export default defineConfig({ a: 1 })'],
  ['const config: Config = { a: 1 as number } as const satisfies Config; export default config'],
  ['export = { a: 1 }'],
])('reads what a module exports: %s', (text) => {
  expect(readConfig(text)).toEqual({ a: 1 });
});

test('reads what is written out, follows constants, and runs nothing', () => {
  const text = `
    globalThis.wasRun = true;
    const sizes = [1, -2.5];
    const rest = { deep: { yes: true } };
    export default { 'quoted-key': \`text\`, 3: null, none: undefined, sizes, list: [...sizes, , 'end'], ...rest,
      env: process.env.HOME, call: make(), text: \`a\${1}\`, method() {}, [key]: 1 };`;
  expect(readConfig(text)).toEqual({
    'quoted-key': 'text',
    '3': null,
    none: null,
    sizes: [1, -2.5],
    list: [1, -2.5, null, 'end'],
    deep: { yes: true },
    env: '?',
    call: '?',
    text: '?',
    method: '?',
  });
  expect(readModule(text, []).isPartial).toBe(true);
  expect(globalThis).not.toHaveProperty('wasRun');
});

test('reads JSON, also with a byte order mark, and keeps keys that objects have by themselves', () => {
  const record = readJson('\ufeff{"__proto__": {"a": 1}, "toString": 2}');
  expect([...record.fields.keys()]).toEqual(['__proto__', 'toString']);
});

describe('refuses, within a moment,', () => {
  const doubled = (item: (name: string) => string): string =>
    `const a0 = [1];${Array.from({ length: 60 }, (_, at) => `const a${at + 1} = ${item(`a${at}`)};`).join('')}export default { a: a60 };`;
  it.each([
    ['constants that double each other', doubled((name) => `[${name}, ${name}]`), 'holds more than 200000 values'],
    [
      'constants that double each other by spreading',
      doubled((name) => `[...${name}, ...${name}]`),
      'holds more than 200000 values',
    ],
    ['a constant in itself', 'const a = [a]; export default { a }', 'is nested too deeply (line 1)'],
    ['a constant that is itself', 'const a = b; const b = a; export default a', 'computes what it exports (line 1)'],
    ['what is nested too deeply', `export default { a: ${'['.repeat(100_000)}`, 'is nested too deeply'],
  ])('%s', (_, text, message) => {
    expect(() => readModule(text, [])).toThrow(
      expect.objectContaining({ name: UnreadableConfig.name, message: expect.stringContaining(message) }),
    );
  });
});
