/**
 * Inflates a zlib stream (RFC 1950 and 1951) bit by bit as far as is asked for, then goes on from there. Faster here than by Node's
 * zlib because it writes straight to where the rows are needed, and handles the short distances of pictures well.
 *
 * Hostile data can do no harm: distances are checked, and every read and write stays within a few bytes of its buffer.
 */
import { adler32 } from './adler32';
import {
  buildTable,
  codeLengthBits,
  distanceBits,
  distanceEntries,
  extraBitsOf,
  forCodeLengths,
  forDistances,
  forLiterals,
  isEnd,
  isInvalid,
  isLiteral,
  literalBits,
  literalEntries,
  lookUp,
  resolve,
} from './huffman';

/** Where a stream is. From `ended` on it does not go on; from `endsEarly` on it is broken. */
const atBlock: i32 = 0;
const inStored: i32 = 1;
const inCompressed: i32 = 2;
const ended: i32 = 3;
const endsEarly: i32 = 4;
const badHeader: i32 = 5;
const badBlock: i32 = 6;
const badCodes: i32 = 7;
const badSymbol: i32 = 8;
const badDistance: i32 = 9;
const badChecksum: i32 = 10;
const tooManyBlocks: i32 = 11;

/** What is kept of a stream from call to call; its two tables follow in memory. */
@unmanaged
class Stream {
  state!: i32;
  /** The next byte of input, and the end of what there is of it. */
  next!: usize;
  end!: usize;
  /** Up to here a step can start without running out of input that is still to come. */
  safe!: usize;
  /** Bits taken from the input but not used yet, lowest first; above `bitCount` they are as the input has them. */
  bits!: u64;
  bitCount!: u32;
  isLastBlock!: bool;
  storedLeft!: u32;
  checksum!: u32;
  /** The tables hold the codes of RFC 1951, 3.2.6. */
  hasFixedCodes!: bool;
  blocks!: u32;
  /** Bytes of output of the calls before. */
  written!: u64;
}

const streamBytes: usize = 64;
const literalTable: usize = streamBytes;
const distanceTable: usize = literalTable + 4 * literalEntries;

/**
 * A block takes time, for its codes, and may give nothing: millions of them would go on for minutes. So many are free, which is
 * some for each row of the tallest picture, and one more for each `bytesOfBlock` bytes of output.
 */
const freeBlocks: u32 = 1 << 18;
const bytesOfBlock: u64 = 64;

/** Lengths of the codes of a block, a byte each. */
const lengths = memory.data(320);

export function inflaterBytes(): usize {
  return distanceTable + 4 * distanceEntries;
}

/** Starts on a stream whose first bytes, from `next` to `end`, are given as `giveInput` takes them. */
export function startInflating(at: usize, next: usize, end: usize, isAll: bool): void {
  const stream = changetype<Stream>(at);
  const method = load<u8>(next);
  const flags = load<u8>(next, 1);
  const isRight =
    (method & 0x0f) === 8 && method >>> 4 <= 7 && ((u32(method) << 8) | u32(flags)) % 31 === 0 && (flags & 0x20) === 0;
  stream.state = end - next < 2 ? endsEarly : isRight ? atBlock : badHeader;
  stream.bits = 0;
  stream.bitCount = 0;
  stream.isLastBlock = false;
  stream.checksum = 1;
  stream.hasFixedCodes = false;
  stream.blocks = 0;
  stream.written = 0;
  giveInput(at, next + 2, end, isAll);
}

/** A step takes at most so many bytes: the codes of a block, then a symbol. */
const bytesOfStep: usize = 1024;

/**
 * Gives more input, in place of what there was: first what was left of that, from `nextInput` on. 16 bytes of any value must
 * follow it.
 * @param isAll when no more will come; else there must be more than `bytesOfStep`
 */
export function giveInput(at: usize, next: usize, end: usize, isAll: bool): void {
  const stream = changetype<Stream>(at);
  stream.next = next;
  stream.end = end;
  // The bits are read ahead of the bytes that are used.
  stream.safe = isAll ? end + 8 : end - bytesOfStep;
}

/** Where the bytes start that are not used yet, having given back those whose bits were only made ready. */
export function nextInput(at: usize): usize {
  const stream = changetype<Stream>(at);
  stream.next = usedEnd(stream);
  stream.bitCount &= 7;
  stream.bits &= (1 << u64(stream.bitCount)) - 1;
  return stream.next;
}

export function inflaterState(at: usize): i32 {
  return changetype<Stream>(at).state;
}

/**
 * Writes from `out` on until `limit` is reached, the stream does not go on, or it needs more input.
 * May write up to 258 bytes of the stream, and 16 of any value, beyond the limit.
 * @param start where the output starts that distances may refer to: all, or at least the last 32 KiB
 * @returns the end of the output
 */
export function inflate(at: usize, out: usize, limit: usize, start: usize): usize {
  const stream = changetype<Stream>(at);
  const from = out;
  while (stream.state < ended && out < limit && stream.next <= stream.safe) {
    if (stream.state === atBlock) {
      startBlock(stream, stream.written + (out - from));
    } else if (stream.state === inStored) {
      out = copyStored(stream, out, limit);
    } else {
      out = inflateCompressed(stream, out, limit, start);
    }
    // What was read behind the end is of any value, and so is whatever seems wrong with it.
    if (stream.state !== ended && usedEnd(stream) > stream.end) {
      stream.state = endsEarly;
    }
  }
  stream.written += out - from;
  stream.checksum = adler32(stream.checksum, from, out);
  if (stream.state === ended) {
    checkEnd(stream);
  }
  return out;
}

/** Where the bytes end of which bits were used. */
function usedEnd(stream: Stream): usize {
  return stream.next - (stream.bitCount >>> 3);
}

/** Makes at least 56 bits ready; reads up to 8 bytes behind the next one. */
function refill(stream: Stream): void {
  // No farther than this, however long broken data goes on.
  if (stream.next > stream.end + 8) {
    return;
  }
  stream.bits |= load<u64>(stream.next) << stream.bitCount;
  stream.next += (63 - stream.bitCount) >>> 3;
  stream.bitCount |= 56;
}

function take(stream: Stream, count: u32): u32 {
  const taken = u32(stream.bits) & ((1 << count) - 1);
  stream.bits >>= count;
  stream.bitCount -= count;
  return taken;
}

function startBlock(stream: Stream, written: u64): void {
  if (stream.isLastBlock) {
    stream.state = ended;
    return;
  }
  stream.blocks++;
  if (stream.blocks > freeBlocks + u32(written / bytesOfBlock)) {
    stream.state = tooManyBlocks;
    return;
  }
  refill(stream);
  stream.isLastBlock = take(stream, 1) === 1;
  const type = take(stream, 2);
  if (type === 0) {
    stream.state = startStored(stream);
  } else if (type === 1) {
    stream.state = useFixedCodes(stream);
  } else if (type === 2) {
    stream.state = readCodes(stream);
  } else {
    stream.state = badBlock;
  }
}

function startStored(stream: Stream): i32 {
  dropToByte(stream);
  if (stream.next + 4 > stream.end) {
    return endsEarly;
  }
  stream.storedLeft = load<u16>(stream.next);
  const complement = load<u16>(stream.next, 2);
  stream.next += 4;
  return (stream.storedLeft ^ complement) === 0xffff ? inStored : badBlock;
}

/** Goes on at the next whole byte, giving back those that were only made ready. */
function dropToByte(stream: Stream): void {
  stream.next = usedEnd(stream);
  stream.bits = 0;
  stream.bitCount = 0;
}

function copyStored(stream: Stream, out: usize, limit: usize): usize {
  const bytes = min(min(stream.storedLeft, u32(limit - out)), u32(stream.end - stream.next));
  if (bytes === 0 && stream.storedLeft > 0) {
    stream.state = endsEarly;
  }
  memory.copy(out, stream.next, bytes);
  stream.next += bytes;
  stream.storedLeft -= bytes;
  if (stream.storedLeft === 0) {
    stream.state = atBlock;
  }
  return out + bytes;
}

/** RFC 1951, 3.2.6. */
function useFixedCodes(stream: Stream): i32 {
  if (stream.hasFixedCodes) {
    return inCompressed;
  }
  stream.hasFixedCodes = true;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  const at = changetype<usize>(stream);
  buildTable(at + literalTable, literalBits, forLiterals, lengths, 288);
  memory.fill(lengths, 5, 32);
  buildTable(at + distanceTable, distanceBits, forDistances, lengths, 32);
  return inCompressed;
}

/** RFC 1951, 3.2.7. */
function readCodes(stream: Stream): i32 {
  const literals: u32 = 257 + take(stream, 5);
  const distances: u32 = 1 + take(stream, 5);
  const codeLengths: u32 = 4 + take(stream, 4);
  if (literals > 286 || distances > 30) {
    return badCodes;
  }
  stream.hasFixedCodes = false;
  const at = changetype<usize>(stream);
  memory.fill(lengths, 0, 19);
  for (let index: u32 = 0; index < codeLengths; index++) {
    refill(stream);
    store<u8>(lengths + symbolInOrder(index), take(stream, 3));
  }
  if (!buildTable(at + literalTable, codeLengthBits, forCodeLengths, lengths, 19)) {
    return badCodes;
  }
  if (!readLengths(stream, at + literalTable, literals + distances)) {
    return badCodes;
  }
  const hasEnd = load<u8>(lengths + 256) !== 0;
  const isCode =
    hasEnd &&
    buildTable(at + literalTable, literalBits, forLiterals, lengths, literals) &&
    buildTable(at + distanceTable, distanceBits, forDistances, lengths + literals, distances);
  return isCode ? inCompressed : badCodes;
}

/** The order in which the lengths of the codes for code lengths are sent: 16, 17, 18, 0, 8, 7, 9, 6, 10, 5 … */
function symbolInOrder(index: u32): u32 {
  if (index < 3) {
    return 16 + index;
  }
  if (index === 3) {
    return 0;
  }
  const distance = (index - 4) >>> 1;
  return (index & 1) === 0 ? 8 + distance : 7 - distance;
}

/** Reads the lengths of both codes, which are one sequence. */
function readLengths(stream: Stream, table: usize, total: u32): bool {
  let read: u32 = 0;
  while (read < total) {
    refill(stream);
    const entry = lookUp(table, codeLengthBits, stream.bits);
    take(stream, entry & 0xff);
    const symbol = entry >>> 16;
    if (symbol < 16) {
      store<u8>(lengths + read++, symbol);
      continue;
    }
    if (symbol === 16 && read === 0) {
      return false;
    }
    const repeated = symbol === 16 ? load<u8>(lengths + read - 1) : 0;
    const times = symbol === 16 ? 3 + take(stream, 2) : symbol === 17 ? 3 + take(stream, 3) : 11 + take(stream, 7);
    if (read + times > total) {
      return false;
    }
    memory.fill(lengths + read, repeated, times);
    read += times;
  }
  return true;
}

/** The inner loop; everything it needs is in locals. */
function inflateCompressed(stream: Stream, out: usize, limit: usize, start: usize): usize {
  const literals = changetype<usize>(stream) + literalTable;
  const distances = changetype<usize>(stream) + distanceTable;
  const safe = stream.safe;
  let bits = stream.bits;
  let bitCount = stream.bitCount;
  let next = stream.next;
  while (out < limit && next <= safe) {
    bits |= load<u64>(next) << bitCount;
    next += (63 - bitCount) >>> 3;
    bitCount |= 56;
    let entry = lookUp(literals, literalBits, bits);
    for (let more = 3; more > 0 && entry & isLiteral; more--) {
      bits >>= entry & 0xff;
      bitCount -= entry & 0xff;
      store<u8>(out++, entry >>> 16);
      entry = lookUp(literals, literalBits, bits);
    }
    bits |= load<u64>(next) << bitCount;
    next += (63 - bitCount) >>> 3;
    bitCount |= 56;
    entry = resolve(literals, literalBits, entry, bits);
    bits >>= entry & 0xff;
    bitCount -= entry & 0xff;
    if (entry & isLiteral) {
      store<u8>(out++, entry >>> 16);
      continue;
    }
    if (entry & isEnd) {
      stream.state = stateAfter(entry, atBlock);
      break;
    }
    let extra = extraBitsOf(entry);
    const length = (entry >>> 16) + (u32(bits) & ((1 << extra) - 1));
    bits >>= extra;
    bitCount -= extra;
    entry = resolve(distances, distanceBits, lookUp(distances, distanceBits, bits), bits);
    bits >>= entry & 0xff;
    bitCount -= entry & 0xff;
    extra = extraBitsOf(entry);
    const distance = (entry >>> 16) + (u32(bits) & ((1 << extra) - 1));
    bits >>= extra;
    bitCount -= extra;
    // An invalid code comes out as distance 0.
    if (distance - 1 >= u32(out - start)) {
      stream.state = stateAfter(entry, badDistance);
      break;
    }
    copyMatch(out, distance, length);
    out += length;
  }
  stream.bits = bits;
  stream.bitCount = bitCount;
  stream.next = next;
  return out;
}

/** What an entry that is no match leads to: `state`, unless no symbol has its code. */
function stateAfter(entry: u32, state: i32): i32 {
  return entry & isInvalid ? badSymbol : state;
}

/** Copies from `distance` back; what is copied may be part of the copy. Writes up to 16 bytes more. */
function copyMatch(out: usize, distance: usize, length: usize): void {
  const end = out + length;
  let from = out - distance;
  if (distance === 1) {
    const byte = i8x16.splat(load<u8>(from));
    for (; out < end; out += 16) {
      v128.store(out, byte);
    }
    return;
  }
  // Until the pattern, which doubles with each copy, is as long as a register.
  for (; distance < 16 && out < end; distance *= 2) {
    v128.store(out, v128.load(from));
    out += distance;
  }
  for (; out < end; out += 16, from += 16) {
    v128.store(out, v128.load(from));
  }
}

function checkEnd(stream: Stream): void {
  dropToByte(stream);
  if (stream.next + 4 > stream.end) {
    stream.state = endsEarly;
  } else if (bswap<u32>(load<u32>(stream.next)) !== stream.checksum) {
    stream.state = badChecksum;
  }
}
