import { tryDecode, wordsOf } from './try-decode.ts';

/** Smaller pictures are icons, rules and swatches, which may well be of one colour. About 100 × 100. */
export const smallestPagePx = 10_000;

/** A picture is near-blank when at most this share of its pixels is not of its most common colour. */
export const blankInkRatio = 0.0001;

/** Two samples this close are one colour to the eye, of 255. */
const sameColour = 8;

/** Compressed, a near-blank picture takes under 1/250 byte a pixel and a line of text some hundreds; the bound is four times that. */
const maxBytesPerPixel = 0.02;

/** Whether it is worth decoding: what takes more bytes than this cannot be near-blank, as PNG encoders write it. */
export function mayBeBlank(sizeBytes: number, { width, height }: { width: number; height: number }): boolean {
  return width * height >= smallestPagePx && sizeBytes <= 4096 + width * height * maxBytesPerPixel;
}

/** Whether a page of this picture shows nothing; see `blankInkRatio`. The PNG was checked before. */
export function isBlank(png: Uint8Array): boolean {
  const decoded = tryDecode(png);
  if (decoded === undefined || decoded.width * decoded.height < smallestPagePx) {
    return false;
  }
  const { pixels } = decoded;
  const words = wordsOf(pixels);
  const [red = 0, green = 0, blue = 0] = coloursOf(mostCommon(words));
  let ink = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const differs =
      Math.abs((pixels[at] as number) - red) > sameColour ||
      Math.abs((pixels[at + 1] as number) - green) > sameColour ||
      Math.abs((pixels[at + 2] as number) - blue) > sameColour;
    if (differs) {
      ink += 1;
    }
  }
  return ink <= words.length * blankInkRatio;
}

/**
 * The colour that more than half of the pixels have, if there is one (Boyer and Moore's majority vote); for any other
 * picture some colour of it, which is as good: it is not blank then.
 */
function mostCommon(words: Uint32Array): number {
  let [candidate, lead] = [0, 0];
  for (const word of words) {
    if (lead === 0) {
      candidate = word;
    }
    lead += word === candidate ? 1 : -1;
  }
  return candidate;
}

function coloursOf(word: number): Uint8Array {
  return new Uint8Array(new Uint32Array([word]).buffer);
}
