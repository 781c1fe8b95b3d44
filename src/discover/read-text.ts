import { gunzipSync } from 'node:zlib';

/** A gzip file may come packed once more by the server that sends it. */
const packedAtMost = 2;

/**
 * The text of a file from outside: unpacked where it is gzip, whatever it is called, and decoded as its byte order mark or
 * its first bytes say, else as UTF-8. Undefined: unpacked it has more bytes than it may have.
 * @throws Error of zlib where it begins as gzip and is none.
 */
export function readText(bytes: Uint8Array, maxBytes: number): string | undefined {
  let unpacked = bytes;
  for (let packed = 0; packed < packedAtMost && isGzip(unpacked); packed += 1) {
    const next = unpack(unpacked, maxBytes);
    if (next === undefined) {
      return undefined;
    }
    unpacked = next;
  }
  return new TextDecoder(encodingOf(unpacked)).decode(unpacked);
}

function isGzip([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

function unpack(bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

/** XML in UTF-16 begins with a byte order mark; that of UTF-8 is dropped by the decoder. `<` tells it as well. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return 'utf-16le';
  }
  return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c) ? 'utf-16be' : 'utf-8';
}
