import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neutralize, oneLine, shorten } from '../../src/basics/text.ts';

test('spells out what would act instead of being shown', () => {
  expect(neutralize('\u001b[31mred\u0007')).toBe('\\u001b[31mred\\u0007');
  expect(neutralize('\u202egnp.exe')).toBe('\\u202egnp.exe');
  expect(neutralize('\ud800')).toBe('\\ud800');
  expect(neutralize('a\r\nb\tc')).toBe('a\nb\tc');
});

test('leaves every script and emoji as they are', () => {
  for (const text of ['Preise für Tee', 'أسعار', '価格', '👩‍💻']) {
    expect(neutralize(text)).toBe(text);
  }
});

test('no control character survives, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/\p{Cc}|\p{Bidi_Control}|\p{Surrogate}/u);
    }),
  );
});

test('shortens in the middle, by characters', () => {
  expect(shorten('abcdefghij', 5)).toBe('ab…ij');
  expect(shorten('abcde', 5)).toBe('abcde');
  expect(shorten('👍'.repeat(10), 3)).toBe('👍…👍');
});
