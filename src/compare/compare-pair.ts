import { unionOf } from '../basics/geometry.ts';
import { defined } from '../basics/record.ts';
import type { ComparePair, CompareResult } from './comparer.ts';
import { type FoundDifferences, findDifferences, type Matching } from './find-differences.ts';
import { Kernel } from './kernel/kernel.ts';
import { Mask } from './mask.ts';
import { openPicture } from './picture/open-picture.ts';
import type { Picture } from './picture/picture.ts';
import { parsePng } from './png/parse.ts';
import { naming, UnreadableFile, UnreadablePicture, type Which } from './unreadable.ts';
import { decideStatus, describeComparison } from './verdict.ts';

/** Compares in this thread; see `Comparer.compare`. The bytes stay the caller's. */
export function comparePair(pair: ComparePair): CompareResult {
  try {
    return compareEqualFiles(pair) ?? compareUnequalFiles(pair);
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return { kind: 'unreadable', which: error.which, reason: error.message };
    }
    throw error;
  }
}

/** The result for two files that are equal byte for byte, else undefined. Their chunks and CRCs are checked; nothing is inflated. */
export function compareEqualFiles({ baseline, actual, scale, settings }: ComparePair): CompareResult | undefined {
  if (Buffer.compare(baseline, actual) !== 0) {
    return undefined;
  }
  try {
    const { width, height } = parsePng(baseline).header;
    const size = { width, height };
    const { pixels: maskedPixels } = new Mask(settings.mask, scale, size);
    return {
      kind: 'compared',
      status: 'unchanged',
      comparison: describeComparison({ diffPixels: 0, maskedPixels, regions: [] }, size, size),
      shades: [],
    };
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return { kind: 'unreadable', which: 'baseline', reason: error.message };
    }
    throw error;
  }
}

function compareUnequalFiles({ baseline, actual, scale, settings, shadeNoise = [] }: ComparePair): CompareResult {
  const a = openPart('baseline', baseline);
  const b = openPart('actual', actual);
  const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
  const shades = settings.shades === undefined ? undefined : { scale, count: settings.shades === 'fail', noise: shadeNoise };
  const { picture, shades: found, ...differences } = findAllDifferences(a, b, { ...settings, mask, shades });
  const comparison = describeComparison(differences, a.size, b.size);
  return { kind: 'compared', status: decideStatus(comparison, settings), comparison, shades: found, ...defined({ picture }) };
}

function findAllDifferences(
  baseline: Picture,
  actual: Picture,
  { threshold, includeAntiAliasing, mask, shades }: Matching,
): FoundDifferences {
  using kernel = Kernel.borrow();
  return findDifferences(kernel, baseline, actual, { threshold, includeAntiAliasing, mask, shades });
}

function openPart(which: Which, file: Uint8Array): Picture {
  const picture = naming(which, () => openPicture(file));
  return {
    ...picture,
    start(kernel, mostRows) {
      const rows = picture.start(kernel, mostRows);
      return { read: (count) => naming(which, () => rows.read(count)), finish: () => naming(which, () => rows.finish()) };
    },
  };
}
