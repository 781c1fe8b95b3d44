import { formatCount, formatPlural, formatRatio, formatSize } from '../basics/format.ts';
import { sameSize, unionOf } from '../basics/geometry.ts';
import { oneLine, shorten } from '../basics/text.ts';
import type { CaptureReport, Comparison, Report } from '../results/model.ts';
import { isAcceptable } from './acceptable.ts';
import { describeFindings } from './describe-findings.ts';
import { describeNotes } from './warnings.ts';

/** What differs, e.g. `4,312 of 1,024,000 pixels differ (0.42%), in 6 regions; the picture is 1280×812, its baseline 1280×800`. */
export function describeComparison(comparison: Comparison): string {
  const { diffPixels, diffRatio, regions, maskedPixels, baselineSize, actualSize } = comparison;
  const union = unionOf(baselineSize, actualSize);
  const parts = [
    `${formatCount(diffPixels)} of ${formatPlural(union.width * union.height, 'pixel')} differ (${formatRatio(diffRatio)})`,
  ];
  if (regions.length > 0) {
    parts.push(`in ${formatPlural(regions.length, 'region')}`);
  }
  if (!sameSize(baselineSize, actualSize)) {
    parts.push(`the picture is ${formatSize(actualSize)}, its baseline ${formatSize(baselineSize)}`);
  }
  if (maskedPixels > 0) {
    parts.push(`${formatCount(maskedPixels)} masked (${formatRatio(maskedPixels / (union.width * union.height))})`);
  }
  return parts.join(', ');
}

/** The captures of a run that can become baselines; none where nothing could be written to. */
export function findAcceptable({ captures, run }: Pick<Report, 'captures' | 'run'>): CaptureReport[] {
  return hasWritableBaselines(run) ? captures.filter(isAcceptable) : [];
}

/** Whether the run told of baselines that nothing asks for and that `visual-capture accept --removed` can delete. */
export function hasDeletableBaselines({ captures, run }: Pick<Report, 'captures' | 'run'>): boolean {
  return (
    run.baselineKind === 'directory' &&
    captures.some(({ status, baselineUpdated }) => status === 'removed' && baselineUpdated !== true)
  );
}

/** Whether accepted pictures could be written to what a run was compared with. */
export function hasWritableBaselines({ baselineKind }: Report['run']): boolean {
  return baselineKind === 'directory' || baselineKind === 'ref';
}

/** In a few words each, what the numbers of a change do not say; plain text. */
export function describeChange(capture: CaptureReport): string[] {
  const { comparison } = capture;
  const found = comparison === undefined ? undefined : describeFindings(comparison);
  return [
    ...(comparison === undefined || sameSize(comparison.baselineSize, comparison.actualSize)
      ? []
      : [`size ${formatSize(comparison.baselineSize)} → ${formatSize(comparison.actualSize)}`]),
    ...describeNotes(capture),
    ...(found === undefined ? [] : [shorten(oneLine(found), 300)]),
  ];
}
