import type { CaptureReport, Finding, Shade } from './model.ts';

export type ShadeFinding = Extract<Finding, { kind: 'shade' }>;

/** What was found of changed shades in a capture, if anything. */
export function shadeFindingOf({ comparison }: Pick<CaptureReport, 'comparison'>): ShadeFinding | undefined {
  return comparison?.findings?.find((finding) => finding.kind === 'shade');
}

/** Shades that are no part of the differing regions. */
export function uncountedShades(capture: Pick<CaptureReport, 'comparison'>): readonly Shade[] {
  const finding = shadeFindingOf(capture);
  return finding === undefined || finding.counts ? [] : finding.shades;
}

/** Whether a capture counts as unchanged although a shade changed in it. */
export function isShadeWarning(capture: Pick<CaptureReport, 'status' | 'comparison'>): boolean {
  return capture.status === 'unchanged' && shadeFindingOf(capture) !== undefined;
}
