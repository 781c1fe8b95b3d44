/**
 * Tables that decode the Huffman codes of deflate (RFC 1951, 3.2.2): indexed by the next bits of the stream, they give the symbol
 * and how many bits it took. Codes longer than the root's bits go on in a subtable.
 *
 * An entry is 32 bits: the value in the upper 16; a kind in the next 4 and a number of extra bits in the 4 below; the length of
 * the code in the lowest 8.
 */

/** The value is a byte of output. */
export const isLiteral: u32 = 0x8000;
/** The block ends, or with `isInvalid` the stream is broken: nothing of it may be taken for a length. */
export const isEnd: u32 = 0x4000;
/** The value is where the subtable starts, counted in entries from the root; the extra bits are those that index it. */
export const isSubtable: u32 = 0x2000;
/** No symbol has this code. */
export const isInvalid: u32 = 0x1000;
/** Below every kind: no code has more than 13 extra bits, and no subtable more than 7. */
const extraMask: u32 = 0x0f;

export const literalBits: u32 = 11;
export const distanceBits: u32 = 8;
export const codeLengthBits: u32 = 7;
/** Entries of the largest tables that these root bits and 288 or 32 symbols can make, as zlib's tool `enough` counts them. */
export const literalEntries: u32 = 2342;
export const distanceEntries: u32 = 402;

/** What the symbols of a table stand for. */
export const forCodeLengths: i32 = 0;
export const forLiterals: i32 = 1;
export const forDistances: i32 = 2;

const longestCode: u32 = 15;

/** How many codes of each length there are, 16 × 4 bytes. */
const counts = memory.data(64);
/** For each length, where its next symbol goes, 16 × 4 bytes. */
const places = memory.data(64);
/** Symbols in the order of their codes, 2 bytes each. */
const ordered = memory.data(640);

/** Bits of `bits` that an entry's value may be followed by. */
export function extraBitsOf(entry: u32): u32 {
  return (entry >>> 8) & extraMask;
}

/** The entry for the next bits, which may lead to a subtable. */
export function lookUp(table: usize, rootBits: u32, bits: u64): u32 {
  return load<u32>(table + ((u32(bits) & ((1 << rootBits) - 1)) << 2));
}

/** The entry itself, or the one in the subtable that it leads to. */
export function resolve(table: usize, rootBits: u32, entry: u32, bits: u64): u32 {
  if (!(entry & isSubtable)) {
    return entry;
  }
  const index = u32(bits >> rootBits) & ((1 << extraBitsOf(entry)) - 1);
  return load<u32>(table + (((entry >>> 16) + index) << 2));
}

/**
 * Builds a table from the length of each symbol's code, a byte each, 0 for symbols that do not occur.
 * @returns false when the lengths are no code: too many, or too few but for a single one of one bit, as zlib has it
 */
export function buildTable(table: usize, rootBits: u32, kind: i32, lengths: usize, symbols: u32): bool {
  const unused = countLengths(lengths, symbols);
  const longest = longestUsed();
  if (unused < 0 || (unused > 0 && (kind === forCodeLengths || longest > 1))) {
    return false;
  }
  if (unused > 0) {
    fillRoot(table, rootBits, invalidEntry(kind) | 1);
  }
  orderSymbols(lengths, symbols);
  let code: u32 = 0;
  let index: u32 = 0;
  let end: u32 = 1 << rootBits;
  let subtableOf: u32 = ~0;
  for (let length: u32 = 1; length <= longest; length++, code <<= 1) {
    for (let left = countOf(length); left > 0; left--, code++, index++) {
      const entry = entryOf(load<u16>(ordered + (index << 1)), kind);
      const reversed = reverse(code, length);
      if (length <= rootBits) {
        fill(table, reversed, 1 << length, 1 << rootBits, entry | length);
        continue;
      }
      const root = reversed & ((1 << rootBits) - 1);
      if (root !== subtableOf) {
        subtableOf = root;
        const bits = subtableBits(length, left, rootBits, longest);
        store<u32>(table + (root << 2), isSubtable | (end << 16) | (bits << 8));
        end += 1 << bits;
      }
      const subtable = load<u32>(table + (root << 2));
      const start = table + ((subtable >>> 16) << 2);
      fill(start, reversed >>> rootBits, 1 << (length - rootBits), 1 << extraBitsOf(subtable), entry | length);
    }
  }
  return true;
}

/** Counts the codes of each length; returns how many codes of the longest length stay unused, negative when there are too many. */
function countLengths(lengths: usize, symbols: u32): i32 {
  memory.fill(counts, 0, 64);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const count = counts + (u32(load<u8>(lengths + symbol)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  let unused: i32 = 1;
  for (let length: u32 = 1; length <= longestCode; length++) {
    unused = unused * 2 - i32(countOf(length));
    if (unused < 0) {
      return -1;
    }
  }
  return unused;
}

function countOf(length: u32): u32 {
  return load<u32>(counts + (length << 2));
}

/** 0 when there is no code at all. */
function longestUsed(): u32 {
  let longest = longestCode;
  while (longest > 0 && countOf(longest) === 0) {
    longest--;
  }
  return longest;
}

/** Sorts the symbols by the length of their code; those of one length keep their order (RFC 1951, 3.2.2). */
function orderSymbols(lengths: usize, symbols: u32): void {
  let place: u32 = 0;
  for (let length: u32 = 1; length <= longestCode; length++) {
    store<u32>(places + (length << 2), place);
    place += countOf(length);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = load<u8>(lengths + symbol);
    if (length === 0) {
      continue;
    }
    const next = places + (u32(length) << 2);
    store<u16>(ordered + (load<u32>(next) << 1), symbol);
    store<u32>(next, load<u32>(next) + 1);
  }
}

/** The entry of a symbol, without the bits to drop (RFC 1951, 3.2.5). */
function entryOf(symbol: u32, kind: i32): u32 {
  if (kind === forCodeLengths) {
    return symbol << 16;
  }
  if (kind === forDistances) {
    return symbol < 30 ? rangeEntry(symbol, 1, 1) : invalidEntry(kind);
  }
  if (symbol < 256) {
    return isLiteral | (symbol << 16);
  }
  if (symbol === 256) {
    return isEnd;
  }
  // The last length, 258, has a symbol of its own.
  if (symbol === 285) {
    return 258 << 16;
  }
  return symbol < 285 ? rangeEntry(symbol - 257, 3, 2) : invalidEntry(kind);
}

/** What stands for a code or a symbol that does not exist: a literal that ends the block, or a distance of 0. */
function invalidEntry(kind: i32): u32 {
  return kind === forLiterals ? isEnd | isInvalid : isInvalid;
}

/** Lengths and distances come in ranges that double in size: after 2 × 2^`bits` single values, 2^`bits` ranges have the same size. */
function rangeEntry(index: u32, first: u32, bits: u32): u32 {
  const perSize: u32 = 1 << bits;
  if (index < 2 * perSize) {
    return (first + index) << 16;
  }
  const extra = (index >>> bits) - 1;
  const base = first + ((perSize + (index & (perSize - 1))) << extra);
  return (base << 16) | (extra << 8);
}

/** How many bits index the subtable that starts with a code of this length: as many as make it full. */
function subtableBits(length: u32, left: u32, rootBits: u32, longest: u32): u32 {
  let bits = length - rootBits;
  let room = i32(1 << bits) - i32(left);
  while (room > 0 && bits + rootBits < longest) {
    bits++;
    room = room * 2 - i32(countOf(bits + rootBits));
  }
  return bits;
}

/** Codes are sent from their highest bit on, all else from the lowest. */
function reverse(code: u32, length: u32): u32 {
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) {
    reversed |= ((code >>> bit) & 1) << (length - 1 - bit);
  }
  return reversed;
}

function fillRoot(table: usize, rootBits: u32, entry: u32): void {
  fill(table, 0, 1, 1 << rootBits, entry);
}

function fill(table: usize, from: u32, step: u32, end: u32, entry: u32): void {
  for (let index = from; index < end; index += step) {
    store<u32>(table + (index << 2), entry);
  }
}
