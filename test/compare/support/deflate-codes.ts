import fc from 'fast-check';

/** The order in which a block sends the lengths of the codes for code lengths (RFC 1951, 3.2.7). */
const sendingOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A complete code for code lengths: 13 symbols of four bits, six of five. */
const lengthsOfLengthCodes = Array.from({ length: 19 }, (_, symbol) => (symbol < 13 ? 4 : 5));

/** A symbol of the code for code lengths, with the extra bits of 16 to 18. */
interface Sent {
  readonly symbol: number;
  readonly extra: number;
}

/** Lengths of a complete code of `count` symbols: a tree whose leaves are split at random, none deeper than 15. */
function completeCode(count: number, choices: readonly number[]): number[] {
  const leaves = [0];
  for (let turn = 0; leaves.length < count; turn++) {
    const start = choices[turn % choices.length]! % leaves.length;
    const at = leaves.findIndex((depth, index) => index >= start && depth < 15);
    const split = at < 0 ? leaves.findIndex((depth) => depth < 15) : at;
    const depth = leaves[split]! + 1;
    leaves.splice(split, 1, depth, depth);
  }
  return leaves;
}

function spread(lengths: readonly number[], over: number, places: readonly number[]): number[] {
  const spreadOut = new Array<number>(over).fill(0);
  let at = 0;
  for (const [index, length] of lengths.entries()) {
    at += (places[index % places.length]! % Math.max(1, Math.floor(over / lengths.length))) + (index === 0 ? 0 : 1);
    spreadOut[at % over] = length;
  }
  return spreadOut;
}

/**
 * Streams of one block with codes of its own, most of them almost right: complete codes of which a length may be changed, the end
 * of the block left without a code, too many symbols, repetitions with nothing to repeat or beyond the end; then any bits.
 */
export const madeUpCodes = fc
  .record({
    literals: fc.integer({ min: 257, max: 288 }),
    distances: fc.integer({ min: 1, max: 32 }),
    symbols: fc.integer({ min: 1, max: 60 }),
    choices: fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 }),
    hasEnd: fc.nat(7).map((one) => one > 0),
    distanceCodes: fc.integer({ min: 0, max: 12 }),
    changed: fc.option(fc.record({ at: fc.nat(), by: fc.constantFrom(-1, 1) }), { freq: 1 }),
    repeated: fc.option(fc.record({ symbol: fc.constantFrom(16, 17, 18), extra: fc.nat(127), at: fc.nat() }), { freq: 1 }),
    rest: fc.uint8Array({ minLength: 40, maxLength: 40 }),
  })
  .map(({ literals, distances, symbols, choices, hasEnd, distanceCodes, changed, repeated, rest }) => {
    const literalLengths = spread(completeCode(symbols + 1, choices).slice(0, symbols), 256, choices);
    const last = completeCode(symbols + 1, choices)[symbols]!;
    const lengths = [
      ...literalLengths,
      hasEnd ? last : 0,
      ...new Array<number>(literals - 257).fill(0),
      ...spread(distanceCodes === 0 ? [] : completeCode(Math.min(distanceCodes, distances), choices), distances, choices),
    ];
    if (changed !== null) {
      const used = lengths.flatMap((length, index) => (length > 0 ? [index] : []));
      const at = used[changed.at % used.length]!;
      lengths[at] = Math.min(15, lengths[at]! + changed.by);
    }
    const sent = lengths.map((symbol): Sent => ({ symbol, extra: 0 }));
    if (repeated !== null) {
      // At an end of the lengths as often as anywhere.
      const at = [0, sent.length - 1, repeated.at % sent.length][repeated.at % 3]!;
      // In place of as many lengths as it repeats, so that with luck all is right but for where it stands.
      sent.splice(at, repeated.symbol === 16 ? 3 + (repeated.extra & 3) : 1, repeated);
    }
    return writeBlock({ literals, distances, sent, rest });
  });

const extraBits: Readonly<Record<number, number>> = { 16: 2, 17: 3, 18: 7 };

/** Canonical codes, four bits counting from 0 and five behind the thirteen of those, in the order of a stream: highest bit first. */
function codeOf(symbol: number): { code: number; length: number } {
  const [code, length] = symbol < 13 ? [symbol, 4] : [2 * 13 + symbol - 13, 5];
  return { code: Number.parseInt([...code.toString(2).padStart(length, '0')].reverse().join(''), 2), length };
}

function writeBlock(block: { literals: number; distances: number; sent: readonly Sent[]; rest: Uint8Array }): Buffer {
  const bits: number[] = [];
  const write = (value: number, count: number): void => {
    for (let bit = 0; bit < count; bit++) {
      bits.push((value >> bit) & 1);
    }
  };
  write(0b101, 3);
  write(block.literals - 257, 5);
  write(block.distances - 1, 5);
  write(19 - 4, 4);
  for (const symbol of sendingOrder) {
    write(lengthsOfLengthCodes[symbol]!, 3);
  }
  for (const { symbol, extra } of block.sent) {
    const { code, length } = codeOf(symbol);
    write(code, length);
    write(extra, extraBits[symbol] ?? 0);
  }
  for (const byte of block.rest) {
    write(byte, 8);
  }
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
    bits.slice(8 * index, 8 * index + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
  return Buffer.from([0x78, 0x9c, ...bytes]);
}
