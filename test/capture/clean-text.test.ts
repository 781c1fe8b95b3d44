import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../src/capture/clean-text.ts';

const secret = 'sk_live_0123456789abcdef';

test('terminal sequences, control characters and direction marks are taken out', () => {
  expect(cleanText('\u001b[31mred\u001b[0m\r\n::error::x\u0000\u202eevil\u200b', { maxLength: 100 })).toBe('red ::error::x evil');
});

test('the key is scrubbed, also encoded, and so is anything that looks like one', () => {
  expect(cleanText(`your key ${secret} is bad`, { maxLength: 100, secrets: [secret] })).toBe('your key *** is bad');
  expect(cleanText('a%2Fbc', { maxLength: 100, secrets: ['a/bc'] })).toBe('***');
  expect(cleanText('other sk_live_zzz-9', { maxLength: 100, secrets: [secret] })).toBe('other ***');
});

test('cutting never leaves a part of the key', () => {
  expect(cleanText(`${'x'.repeat(95)} ${secret}`, { maxLength: 100, secrets: [secret] })).not.toContain('sk_');
});

test('the text stays within its length, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, maxLength) => {
      const cleaned = cleanText(text, { maxLength });
      expect([...cleaned].length).toBeLessThanOrEqual(maxLength);
      expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
