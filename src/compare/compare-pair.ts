import { PNG } from 'pngjs';
import type { ComparePair, CompareResult, InspectResult } from './comparer.ts';
import { decodePng, type Picture } from './decode.ts';
import { findDifferences } from './find-differences.ts';
import { hasJpegSignature, readJpegSize } from './jpeg.ts';
import { Mask } from './mask.ts';
import { parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';
import { decideStatus, describeComparison, unionOf } from './verdict.ts';

/** Compares in this thread; see `Comparer.compare`. The bytes stay the caller's. */
export async function comparePair({ baseline, actual, scale, settings }: ComparePair): Promise<CompareResult> {
  const a = attempt(() => decodePng(baseline));
  if (a instanceof UnreadablePicture) return { kind: 'unreadable', which: 'baseline', reason: a.message };
  const b = attempt(() => decodePng(actual));
  if (b instanceof UnreadablePicture) return { kind: 'unreadable', which: 'actual', reason: b.message };
  const { differences, isDifferent } = findDifferences(a, b, scale, settings);
  const comparison = describeComparison(differences, { width: a.width, height: a.height }, { width: b.width, height: b.height });
  const status = decideStatus(comparison, settings);
  return { kind: 'compared', status, comparison, ...(comparison.diffPixels === 0 ? {} : { diff: draw(a, b, isDifferent) }) };
}

/** The result for two files that are equal byte for byte, else undefined. They are checked by chunks and CRCs, not inflated. */
export function compareEqualFiles({ baseline, actual, scale, settings }: ComparePair): CompareResult | undefined {
  if (Buffer.compare(baseline, actual) !== 0) return undefined;
  const png = attempt(() => parsePng(baseline));
  if (png instanceof UnreadablePicture) return { kind: 'unreadable', which: 'baseline', reason: png.message };
  const { width, height } = png.header;
  const size = { width, height };
  const { pixels: maskedPixels } = new Mask(settings.mask, scale, size);
  return {
    kind: 'compared',
    status: 'unchanged',
    comparison: describeComparison({ diffPixels: 0, maskedPixels, regions: [] }, size, size),
  };
}

function draw(a: Picture, b: Picture, isDifferent: (x: number, y: number) => boolean): Uint8Array {
  const { width, height } = unionOf(a, b);
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4;
      const from = (y * b.width + x) * 4;
      const inside = x < b.width && y < b.height;
      for (let c = 0; c < 4; c++) {
        const faded = inside ? 255 + ((b.pixels[from + c] as number) - 255) * 0.3 : 230;
        png.data[to + c] = c === 3 ? 255 : isDifferent(x, y) ? (c === 0 ? 230 : 0) : faded;
      }
    }
  }
  return PNG.sync.write(png);
}

/** Inspects in this thread; see `Comparer.inspect`. */
export async function inspectPicture(bytes: Uint8Array): Promise<InspectResult> {
  const result = attempt((): InspectResult => {
    if (hasJpegSignature(bytes)) return { kind: 'image', format: 'jpeg', size: readJpegSize(bytes) };
    decodePng(bytes);
    const { width, height } = parsePng(bytes).header;
    return { kind: 'image', format: 'png', size: { width, height } };
  });
  return result instanceof UnreadablePicture ? { kind: 'unreadable', reason: result.message } : result;
}

function attempt<T>(read: () => T): T | UnreadablePicture {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadablePicture) return error;
    throw error;
  }
}
