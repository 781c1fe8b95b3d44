import type { ComparePair, CompareResult } from './comparer.ts';
import { drawDiff } from './draw-diff.ts';
import { findDifferences } from './find-differences.ts';
import { withKernel } from './kernel/idle-kernels.ts';
import type { Kernel } from './kernel/kernel.ts';
import { Mask } from './mask.ts';
import { parsePng } from './png/parse.ts';
import { openRows } from './rows/open-rows.ts';
import type { RowSource } from './rows/row-source.ts';
import { UnreadablePicture } from './unreadable.ts';
import { decideStatus, describeComparison, unionOf } from './verdict.ts';

/** Compares in this thread; see `Comparer.compare`. The bytes stay the caller's. */
export async function comparePair(pair: ComparePair): Promise<CompareResult> {
  try {
    return compareEqualFiles(pair) ?? (await withKernel((kernel) => compareUnequalFiles(kernel, pair)));
  } catch (error) {
    if (error instanceof UnreadableFile) return { kind: 'unreadable', which: error.which, reason: error.message };
    throw error;
  }
}

/** The result for two files that are equal byte for byte, else undefined. Their chunks and CRCs are checked; nothing is inflated. */
export function compareEqualFiles({ baseline, actual, scale, settings }: ComparePair): CompareResult | undefined {
  if (Buffer.compare(baseline, actual) !== 0) return undefined;
  try {
    const { width, height } = parsePng(baseline).header;
    const size = { width, height };
    const { pixels: maskedPixels } = new Mask(settings.mask, scale, size);
    return {
      kind: 'compared',
      status: 'unchanged',
      comparison: describeComparison({ diffPixels: 0, maskedPixels, regions: [] }, size, size),
    };
  } catch (error) {
    if (error instanceof UnreadablePicture) return { kind: 'unreadable', which: 'baseline', reason: error.message };
    throw error;
  }
}

async function compareUnequalFiles(kernel: Kernel, { baseline, actual, scale, settings }: ComparePair): Promise<CompareResult> {
  using a = await openPart('baseline', baseline);
  using b = await openPart('actual', actual);
  const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
  const found = await findDifferences(kernel, a, b, {
    threshold: settings.threshold,
    includeAntiAliasing: settings.includeAntiAliasing,
    mask,
  });
  const comparison = describeComparison(found, a.size, b.size);
  const status = decideStatus(comparison, settings);
  if (comparison.diffPixels === 0) return { kind: 'compared', status, comparison };
  // Once more from its first row, because until now nobody knew that there would be something to draw.
  using page = await openPart('actual', actual);
  const diff = await drawDiff(kernel, page, { baselineSize: a.size, map: found.map, mask });
  return { kind: 'compared', status, comparison, diff };
}

/** An UnreadablePicture that knows which of the two it is. */
class UnreadableFile extends Error {
  readonly which: 'baseline' | 'actual';

  constructor(which: 'baseline' | 'actual', { message }: UnreadablePicture) {
    super(message);
    this.which = which;
  }
}

async function openPart(which: 'baseline' | 'actual', file: Uint8Array): Promise<RowSource> {
  const rows = await naming(which, () => openRows(file));
  return { ...rows, read: (target) => naming(which, () => rows.read(target)), finish: () => naming(which, () => rows.finish()) };
}

async function naming<T>(which: 'baseline' | 'actual', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof UnreadablePicture ? new UnreadableFile(which, error) : error;
  }
}

export { inspectPicture } from './inspect.ts';
