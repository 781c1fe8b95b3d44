import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { BitWriter } from '../../bench/fuzz/bit-writer.ts';
import { makeStream } from '../../bench/fuzz/deflate-streams.ts';
import { inflateAlike, type Verdict } from '../../bench/fuzz/inflate-alike.ts';
import { SeededRandom } from '../../bench/fuzz/random.ts';

/** `npm run bench fuzz` goes on for minutes, from other seeds. */
test('the kernel takes and refuses what zlib takes and refuses, for the same reasons', () => {
  const seen: Partial<Record<Verdict, number>> = {};
  for (let seed = 1; seed <= 2000; seed++) {
    const random = new SeededRandom(seed);
    const { verdict, difference } = inflateAlike(makeStream(random), random);
    seen[verdict] = (seen[verdict] ?? 0) + 1;
    expect([seed, difference]).toEqual([seed, undefined]);
  }
  for (const verdict of ['taken', 'symbol', 'distance', 'codes', 'block', 'checksum', 'end'] as const) {
    expect(seen[verdict]).toBeGreaterThan(50);
  }
});

/** Codes of deflate are sent from their highest bit on. */
function writeCode(bits: BitWriter, code: number, length: number): void {
  for (let bit = length - 1; bit >= 0; bit--) {
    bits.write((code >> bit) & 1, 1);
  }
}

/** A block with fixed codes: two letters, three bytes again at a distance of this code, the end. */
function withDistance(code: number): Buffer {
  const bits = new BitWriter();
  bits.write(0b011, 3);
  writeCode(bits, 0x30 + 97, 8);
  writeCode(bits, 0x30 + 98, 8);
  writeCode(bits, 0b1, 7);
  writeCode(bits, code, 5);
  bits.write(0, 13);
  writeCode(bits, 0, 7);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), bits.toBuffer(), Buffer.alloc(8)]);
}

/** A block whose literal code has one symbol, the end, of one bit; the other bit is no code. */
function withHalfACode(): Buffer {
  const bits = new BitWriter();
  bits.write(0b101, 3);
  bits.write(0, 5);
  bits.write(0, 5);
  bits.write(18 - 4, 4);
  // For code lengths: 18 (of zeros), 0 and 1, with codes of 1, 2 and 2 bits.
  for (const symbol of [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1]) {
    bits.write(symbol === 18 ? 1 : symbol === 0 || symbol === 1 ? 2 : 0, 3);
  }
  writeCode(bits, 0, 1);
  bits.write(138 - 11, 7);
  writeCode(bits, 0, 1);
  bits.write(118 - 11, 7);
  writeCode(bits, 0b11, 2);
  writeCode(bits, 0b10, 2);
  bits.write(1, 1);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), bits.toBuffer(), Buffer.alloc(16)]);
}

test.each([
  ['distance 30', withDistance(30)],
  ['distance 31', withDistance(31)],
  ['a literal code that is not complete', withHalfACode()],
])('%s is no match of bytes from anywhere', (_, stream) => {
  expect(() => inflateSync(stream)).toThrow(/invalid (?:distance|literal\/length) code/);
  expect(inflateAlike(stream, new SeededRandom(1))).toEqual({ verdict: 'symbol' });
});
