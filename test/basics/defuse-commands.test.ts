import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defuseCommands, defuseJson } from '../../src/basics/defuse-commands.ts';
import { readAsRunner } from '../helpers/runner-log.ts';

const blanks = ['', ' ', '\t', '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2003', '\u2028', '\u2029', '\u202f', '\u3000'];
const lineEnds = ['\n', '\r', '\r\n'];

describe('text for the log of a workflow', () => {
  test.each(blanks.map((blank) => [JSON.stringify(blank), blank]))('is no command behind %s', (_, blank) => {
    const text = `${blank}::add-mask::a`;
    expect(readAsRunner(text).commands).toHaveLength(1);
    expect(readAsRunner(defuseCommands(text)).commands).toEqual([]);
  });

  test.each(lineEnds.map((end) => [JSON.stringify(end), end]))('is no command on a line after %s', (_, end) => {
    const text = `all is well${end}::stop-commands::x${end} ::set-output name=outcome::passed${end}`;
    expect(readAsRunner(text).commands.map(({ command }) => command)).toEqual(['stop-commands', 'set-output']);
    expect(readAsRunner(defuseCommands(text)).commands).toEqual([]);
  });

  test.each(['##[add-mask]a', 'x ##[set-output name=a;]b', '###[stop-commands]t', '##[##[add-mask]a', '# ##[error]no'])(
    'is no command of the older form: %s',
    (text) => {
      expect(readAsRunner(defuseCommands(text)).commands).toEqual([]);
    },
  );

  test('is none either where what cannot be seen counts as not there', () => {
    const hidden = ['\u200b', '\u00ad', '\u0000', '\u001b', '\u2060', '\ufeff', '\u202e'];
    for (const one of hidden) {
      const text = defuseCommands(`${one}::add-mask::a\n#${one}#[add-mask]a\n##${one}[add-mask]a`);
      expect(readAsRunner(text.replaceAll(one, '')).commands).toEqual([]);
    }
  });

  test('whatever it is', () => {
    const piece = fc.constantFrom(...blanks, ...lineEnds, ...'#[]:; a%='.split(''), '::', '##[', 'add-mask', '\u200b', '\u001b');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = defuseCommands(pieces.join(''));
        expect(readAsRunner(text).commands).toEqual([]);
        expect(defuseCommands(text)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  test('is else as it was', () => {
    for (const text of ['a::b::c', 'C:\\x', '# [link]', '## heading', '\u001b[31mred\u001b[39m', 'Foo::Bar: no', '[::1]:80']) {
      expect(defuseCommands(text)).toBe(text);
    }
  });

  test('costs no more than its length, however many blank lines and marks it has', () => {
    for (const text of ['\n', ' ', '#', '\u2028', '\u200b', ':'].map((piece) => piece.repeat(1_000_000))) {
      expect(defuseCommands(text)).toHaveLength(text.startsWith(':') ? text.length + 1 : text.length);
    }
  });
});

test('JSON means the same afterwards', () => {
  const value = { name: '##[add-mask]a', list: ['#\u200b#[x]'] };
  const json = defuseJson(JSON.stringify(value));
  expect(readAsRunner(json).commands).toEqual([]);
  expect(JSON.parse(json)).toEqual(value);
});
