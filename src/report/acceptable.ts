import type { CaptureReport } from '../results/model.ts';
import { isShadeWarning } from '../results/shade-finding.ts';

/**
 * Captures that `visual-capture accept` can take as baselines: what differs, also by a shade alone, or the warning would come
 * back for ever. Those that are captured anew in every run are no files.
 */
export function isAcceptable(capture: CaptureReport): boolean {
  const { status, files, baselineUpdated, baselineUrl, pageProblem } = capture;
  const differs = status === 'changed' || status === 'added' || isShadeWarning(capture);
  const isTaken = baselineUpdated === true || baselineUrl !== undefined;
  return differs && files.actual !== undefined && !isTaken && pageProblem === undefined;
}
