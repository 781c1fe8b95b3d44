import type { CapturedImage, CaptureOutcome } from '../../../src/capture/outcome.ts';

/** A capture that came to this picture at once. */
export function taken(image: CapturedImage): CaptureOutcome {
  return { status: 'captured', image, attempts: 1, durationMs: 10, timeline: [] };
}
