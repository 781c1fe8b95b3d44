import { deflateRawSync, deflateSync, inflateSync, constants as zlib } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Kernel } from '../../src/compare/kernel/kernel.ts';
import { Damage } from '../../src/compare/png/damage.ts';
import { Inflater } from '../../src/compare/png/inflater.ts';
import { UnreadablePicture } from '../../src/compare/unreadable.ts';
import { madeUpCodes } from './support/deflate-codes.ts';

const pngOf = (...idat: Buffer[]) => ({ idat, damage: new Damage() });

/** What our inflater makes of a stream, read in pieces of these sizes in turn up to `length` bytes: the bytes, or why not. */
function inflate(stream: Buffer, length: number, sizes: readonly number[], inputBytes = 1500): Buffer | string {
  using kernel = Kernel.borrow();
  const inflater = new Inflater(kernel, pngOf(stream.subarray(0, 5), stream.subarray(5)), Math.max(...sizes), inputBytes);
  const pieces: Buffer[] = [];
  try {
    for (let read = 0, turn = 0; read < length; turn++) {
      const size = Math.min(sizes[turn % sizes.length]!, length - read);
      pieces.push(Buffer.from(kernel.view(inflater.read(size), size)));
      read += size;
    }
    if (inflater.finish() === 'longer') {
      return 'longer';
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return error.message;
    }
    throw error;
  }
}

/** What zlib makes of it, which is the oracle. */
function inflateByZlib(stream: Buffer): Buffer | undefined {
  try {
    return inflateSync(stream, { maxOutputLength: 10_000_000 });
  } catch {
    return undefined;
  }
}

/** Data as pictures have it: runs, repetitions at short and long distances, noise, few and many symbols. */
const data = fc
  .array(
    fc.oneof(
      fc.record({ kind: fc.constant('run' as const), byte: fc.nat(255), length: fc.integer({ min: 1, max: 2000 }) }),
      fc.record({ kind: fc.constant('noise' as const), byte: fc.nat(255), length: fc.integer({ min: 1, max: 600 }) }),
      fc.record({ kind: fc.constant('again' as const), byte: fc.nat(40_000), length: fc.integer({ min: 3, max: 900 }) }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => {
    const bytes: number[] = [];
    let state = 1;
    for (const { kind, byte, length } of parts) {
      for (let index = 0; index < length; index++) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        if (kind === 'run') {
          bytes.push(byte);
        } else if (kind === 'noise') {
          bytes.push((state >>> 16) % (byte + 1));
        } else {
          bytes.push(bytes[bytes.length - 1 - (byte % Math.max(1, bytes.length))] ?? 0);
        }
      }
    }
    return Buffer.from(bytes);
  });

const options = fc.record({
  level: fc.constantFrom(0, 1, 3, 6, 9),
  strategy: fc.constantFrom(zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED),
  memLevel: fc.constantFrom(1, 8, 9),
});

/** How much input the kernel sees at a time. */
const inputs = fc.integer({ min: 1040, max: 9000 });

const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50_000 })), {
  minLength: 1,
  maxLength: 4,
});

test('gives what zlib gives, in pieces of any size', () => {
  fc.assert(
    fc.property(data, options, sizes, inputs, (bytes, how, pieces, input) => {
      expect(inflate(deflateSync(bytes, how), bytes.length, pieces, input)).toEqual(bytes);
    }),
    { numRuns: 1000 },
  );
});

test('takes and refuses what zlib takes and refuses, of thousands of damaged streams', () => {
  const damage = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(data, options, damage, fc.option(fc.nat()), sizes, inputs, (bytes, how, damages, cut, pieces, input) => {
      const stream = deflateSync(bytes, how);
      // The header is not damaged: whether it asks for a dictionary is tried below.
      for (const { at, bit } of damages) {
        stream[2 + (at % (stream.length - 2))]! ^= 1 << bit;
      }
      const damaged = cut === null ? stream : stream.subarray(0, cut % (stream.length + 1));
      const expected = inflateByZlib(damaged);
      const actual = inflate(damaged, expected?.length ?? bytes.length, pieces, input);
      if (expected === undefined) {
        expect(typeof actual).toBe('string');
      } else {
        expect(actual).toEqual(expected);
      }
    }),
    { numRuns: 5000 },
  );
});

/** zlib's words for a block whose codes are none. */
const badCodes =
  /invalid (code lengths set|bit length repeat|code -- missing end-of-block|literal\/lengths set|distances set)|too many length or distance symbols/;

test('takes for codes what zlib takes for codes', () => {
  const decided = { codes: 0, none: 0 };
  fc.assert(
    fc.property(madeUpCodes, (stream) => {
      let reason = '';
      try {
        inflateSync(stream);
      } catch (error) {
        reason = String(error);
      }
      const isNone = badCodes.test(reason);
      decided[isNone ? 'none' : 'codes'] += 1;
      const ours = inflate(stream, 10_000, [500]);
      expect([String(ours).includes('codes that are none'), reason]).toEqual([isNone, reason]);
    }),
    { numRuns: 4000 },
  );
  expect(Math.min(decided.codes, decided.none)).toBeGreaterThan(400);
});

test('reads the longest codes, of 15 bits', () => {
  // Symbols whose numbers grow like Fibonacci's make the deepest tree; zlib cuts it at 15.
  const counts = [1, 1];
  while (counts.length < 18) {
    counts.push(counts.at(-1)! + counts.at(-2)!);
  }
  const bytes = Buffer.from(counts.flatMap((count, symbol) => new Array<number>(count).fill(symbol)));
  const stream = deflateSync(bytes, { strategy: zlib.Z_HUFFMAN_ONLY, memLevel: 9 });
  expect(inflate(stream, bytes.length, [1000])).toEqual(bytes);
});

test('sums up the largest bytes right', () => {
  const bytes = Buffer.alloc(300_000, 255);
  expect(inflate(deflateSync(bytes), bytes.length, [70_000])).toEqual(bytes);
});

describe('a stream', () => {
  const bytes = Buffer.from('abcabcabcabcabc'.repeat(20));
  const good = deflateSync(bytes);

  test('that is longer or shorter than what is asked for is told', () => {
    expect(inflate(good, bytes.length - 1, [64])).toBe('longer');
    expect(inflate(good, bytes.length + 1, [64])).toBe('its picture data is shorter than its size needs');
  });

  test('may be followed by anything', () => {
    expect(inflate(Buffer.concat([good, Buffer.from('anything')]), bytes.length, [64])).toEqual(bytes);
  });

  test.each<[string, Buffer, string]>([
    ['of no bytes', Buffer.alloc(0), 'ends early'],
    ['of a header alone', good.subarray(0, 2), 'ends early'],
    ['without its checksum', good.subarray(0, -4), 'ends early'],
    [
      'with another checksum',
      Buffer.concat([good.subarray(0, -1), Buffer.from([good.at(-1)! ^ 1])]),
      'does not match its checksum',
    ],
    ['of another method', Buffer.concat([Buffer.from([0x77, 0x85]), good.subarray(2)]), 'is no zlib stream'],
    ['with a header that does not check', Buffer.concat([Buffer.from([0x78, 0x9d]), good.subarray(2)]), 'is no zlib stream'],
    ['that asks for a dictionary', deflateSync(bytes, { dictionary: Buffer.from('abc') }), 'is no zlib stream'],
    ['with a block of no kind', Buffer.from([0x78, 0x9c, 0b111, 0, 0, 0, 0]), 'cannot be inflated (a block of no known kind)'],
    [
      'that refers to before its start',
      Buffer.concat([Buffer.from([0x78, 0x9c]), deflateRawSync(bytes, { dictionary: Buffer.from('abcabcabc') })]),
      'cannot be inflated (a distance to before its start)',
    ],
    [
      'whose stored block is not sealed',
      Buffer.from([0x78, 0x01, 1, 3, 0, 0, 0, 97, 98, 99]),
      'cannot be inflated (a block of no known kind)',
    ],
  ])('%s is told as such', (_, stream, reason) => {
    expect(inflate(stream, bytes.length, [1000])).toBe(`its picture data ${reason}`);
  });

  test('of a gigabyte is read no farther than asked', () => {
    const bomb = deflateSync(Buffer.alloc(100_000_000), { level: 9 });
    using kernel = Kernel.borrow();
    const inflater = new Inflater(kernel, pngOf(bomb), 1000);
    inflater.read(1000);
    expect(inflater.finish()).toBe('longer');
  });
});
