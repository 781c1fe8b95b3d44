import { unionOf } from '../basics/geometry.ts';
import { defined } from '../basics/record.ts';
import type { Comparison } from '../results/model.ts';
import type { ComparePair, CompareResult } from './comparer.ts';
import { type FoundDifferences, findDifferences, type Matching } from './find-differences.ts';
import { Kernel } from './kernel/kernel.ts';
import { Mask } from './mask.ts';
import { pictureOf } from './picture/open-picture.ts';
import type { Picture } from './picture/picture.ts';
import type { Damage } from './png/damage.ts';
import { checkFilteredData } from './png/filtered-data.ts';
import { parsePng } from './png/parse.ts';
import { naming, sides, UnreadableFile, type Which } from './unreadable.ts';
import { decideStatus, describeComparison } from './verdict.ts';

/** Compares in this thread; see `Comparer.compare`. The bytes stay the caller's. */
export function comparePair(pair: ComparePair): CompareResult {
  try {
    return Buffer.compare(pair.baseline, pair.actual) === 0 ? compareEqualFiles(pair) : compareUnequalFiles(pair);
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return { kind: 'unreadable', which: error.which, reason: error.message };
    }
    throw error;
  }
}

/** Their chunks and CRCs are checked. The data is inflated only where the file is damaged: the picture may then not be whole. */
function compareEqualFiles({ baseline, scale, settings }: ComparePair): CompareResult {
  const png = naming('baseline', () => parsePng(baseline));
  if (!png.damage.isNone) {
    using kernel = Kernel.borrow();
    naming('baseline', () => checkFilteredData(kernel, png));
  }
  const { width, height } = png.header;
  const size = { width, height };
  const { pixels: maskedPixels } = new Mask(settings.mask, scale, size);
  const comparison = describeComparison({ diffPixels: 0, maskedPixels, regions: [] }, size, size);
  return {
    kind: 'compared',
    status: 'unchanged',
    comparison: { ...comparison, ...findDamage({ baseline: png.damage, actual: png.damage }) },
    shades: [],
  };
}

function compareUnequalFiles({ baseline, actual, scale, settings, shadeNoise = [] }: ComparePair): CompareResult {
  const a = openPart('baseline', baseline);
  const b = openPart('actual', actual);
  const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
  const shades = settings.shades === undefined ? undefined : { scale, count: settings.shades === 'fail', noise: shadeNoise };
  const { picture, shades: found, ...differences } = findAllDifferences(a, b, { ...settings, mask, shades });
  const comparison = {
    ...describeComparison(differences, a.size, b.size),
    ...findDamage({ baseline: a.damage, actual: b.damage }),
  };
  return { kind: 'compared', status: decideStatus(comparison, settings), comparison, shades: found, ...defined({ picture }) };
}

/** What is to be told of files that are damaged where it does not matter; known once they are read to their end. */
function findDamage(damage: { readonly [Side in Which]: Damage }): Pick<Comparison, 'findings'> {
  const findings = sides
    .filter((which) => !damage[which].isNone)
    .map((which) => ({ kind: 'damaged-file', which, reason: damage[which].toString() }) as const);
  return findings.length === 0 ? {} : { findings };
}

function findAllDifferences(
  baseline: Picture,
  actual: Picture,
  { threshold, includeAntiAliasing, mask, shades }: Matching,
): FoundDifferences {
  using kernel = Kernel.borrow();
  return findDifferences(kernel, baseline, actual, { threshold, includeAntiAliasing, mask, shades });
}

function openPart(which: Which, file: Uint8Array): Picture & { readonly damage: Damage } {
  const png = naming(which, () => parsePng(file));
  const picture = naming(which, () => pictureOf(png));
  return {
    ...picture,
    damage: png.damage,
    start(kernel, mostRows) {
      const rows = picture.start(kernel, mostRows);
      return { read: (count) => naming(which, () => rows.read(count)), finish: () => naming(which, () => rows.finish()) };
    },
  };
}
