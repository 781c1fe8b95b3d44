/** Streams of zlib's format (RFC 1950 and 1951), right and almost right, for whoever inflates them. */
import { deflateSync, inflateRawSync, constants as zlib } from 'node:zlib';
import { BitWriter } from './bit-writer.ts';
import { type Code, codesOf, makeCode } from './huffman-codes.ts';
import type { SeededRandom } from './random.ts';

export function makeStream(random: SeededRandom): Buffer {
  return random.of(damageStream, writeBlocks, writeBlocks, anyBytes)(random);
}

function anyBytes(random: SeededRandom): Buffer {
  const bytes = Array.from({ length: random.below(200) }, () => random.below(256));
  return Buffer.from([0x78, 0x9c, ...bytes]);
}

/** What zlib writes, with a few bits or bytes of it changed, or its end cut off. */
function damageStream(random: SeededRandom): Buffer {
  const stream = deflateSync(makeData(random), {
    level: random.of(0, 1, 3, 6, 9),
    strategy: random.of(zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED),
    memLevel: random.of(1, 8, 9),
  });
  for (let changes = random.below(4); changes > 0; changes--) {
    // The header is left: whether it asks for a dictionary is told in other words.
    const at = 2 + random.below(stream.length - 2);
    stream[at] = random.once(2) ? random.below(256) : (stream[at] ?? 0) ^ (1 << random.below(8));
  }
  return random.once(4) ? stream.subarray(0, random.below(stream.length + 1)) : stream;
}

/** Data as pictures have it: runs, repetitions at short and long distances, noise, few and many symbols. */
function makeData(random: SeededRandom): Buffer {
  const bytes: number[] = [];
  for (let parts = random.below(30); parts > 0; parts--) {
    const [byte, symbols, back] = [random.below(256), 1 + random.below(256), 1 + random.below(40_000)];
    const next = random.of(
      () => byte,
      () => random.below(symbols),
      () => bytes[bytes.length - 1 - (back % Math.max(1, bytes.length))] ?? 0,
    );
    for (let length = 1 + random.below(1500); length > 0; length--) {
      bytes.push(next());
    }
  }
  return Buffer.from(bytes);
}

/** Blocks written bit by bit, with codes that zlib never chooses and, now and then, symbols that do not exist. */
function writeBlocks(random: SeededRandom): Buffer {
  const bits = new BitWriter();
  const blocks = 1 + random.below(4);
  for (let block = 1; block <= blocks; block++) {
    bits.write(block === blocks ? 1 : 0, 1);
    random.of(writeStored, writeFixed, writeFixed, writeDynamic, writeDynamic, writeDynamic, writeDynamic)(bits, random);
  }
  const raw = bits.toBuffer();
  return Buffer.concat([Buffer.from([0x78, 0x9c]), raw, checksumOf(raw, random)]);
}

/** The right one mostly, so that a stream that should be refused is not refused for its checksum alone. */
function checksumOf(raw: Buffer, random: SeededRandom): Buffer {
  const sum = Buffer.alloc(4);
  try {
    sum.writeUInt32BE(adler32(inflateRawSync(raw)));
  } catch {
    // Refused before it comes to the checksum.
  }
  return random.once(20) ? sum.subarray(0, random.below(4)) : sum;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

function writeStored(bits: BitWriter, random: SeededRandom): void {
  const length = random.below(40);
  bits.write(0, 2);
  bits.fillByte();
  bits.write(length, 16);
  bits.write(length ^ (random.once(20) ? 0xfffe : 0xffff), 16);
  for (let left = length; left > 0; left--) {
    bits.write(random.below(256), 8);
  }
}

const fixedLiterals = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
const fixedDistances = Array.from({ length: 32 }, () => 5);

function writeFixed(bits: BitWriter, random: SeededRandom): void {
  bits.write(1, 2);
  writeSymbols(bits, random, codesOf(fixedLiterals), codesOf(fixedDistances));
}

/** The order in which the lengths of the codes for code lengths are sent (RFC 1951, 3.2.7). */
const sendingOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function writeDynamic(bits: BitWriter, random: SeededRandom): void {
  const literals = makeCode(random, 257 + random.below(random.once(20) ? 32 : 30), random.of(1, 2, 5, 40, 200), 256);
  const distances = makeCode(random, 1 + random.below(random.once(20) ? 32 : 30), random.of(0, 1, 2, 6, 20));
  bits.write(2, 2);
  bits.write(literals.length - 257, 5);
  bits.write(distances.length - 1, 5);
  bits.write(19 - 4, 4);
  // 13 codes of four bits and 6 of five are complete.
  const lengthCodes = Array.from({ length: 19 }, (_, symbol) => (symbol < 13 ? 4 : 5));
  for (const symbol of sendingOrder) {
    bits.write(random.once(1000) ? random.below(8) : (lengthCodes[symbol] ?? 0), 3);
  }
  const codes = codesOf(lengthCodes);
  for (const length of [...literals, ...distances]) {
    bits.writeCode(codes.get(random.once(5000) ? 16 + random.below(3) : length));
  }
  writeSymbols(bits, random, codesOf(literals), codesOf(distances));
}

/** Symbols of the codes at random, each length with a distance, and the end of the block; now and then, any bits instead. */
function writeSymbols(
  bits: BitWriter,
  random: SeededRandom,
  literals: ReadonlyMap<number, Code>,
  distances: ReadonlyMap<number, Code>,
): void {
  const [symbols, away] = [[...literals.keys()], [...distances.keys()]];
  const strays = random.once(3);
  for (let count = random.below(80); count > 0; count--) {
    const symbol = symbols[random.below(Math.max(1, symbols.length))] ?? 256;
    if (symbol === 256) {
      continue;
    }
    bits.writeCode(literals.get(symbol));
    if (symbol > 256) {
      bits.write(random.below(32), symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2);
      writeDistance(bits, random, away, distances);
    }
    if (strays && random.once(30)) {
      bits.write(random.below(65_536), 1 + random.below(16));
    }
  }
  bits.writeCode(literals.get(256));
}

/** Near ones mostly: of those that lead to before the start nothing more is learned. */
function writeDistance(
  bits: BitWriter,
  random: SeededRandom,
  away: readonly number[],
  distances: ReadonlyMap<number, Code>,
): void {
  const near = away.filter((symbol) => symbol < 6 || symbol > 29);
  const chosen = near.length > 0 && !random.once(6) ? near : away;
  const symbol = chosen[random.below(Math.max(1, chosen.length))] ?? 0;
  bits.writeCode(distances.get(symbol));
  const extra = symbol < 4 || symbol > 29 ? 0 : (symbol >> 1) - 1;
  bits.write(random.once(2) ? 0 : random.below(1 << extra), extra);
}
