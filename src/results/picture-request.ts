import type { CaptureReport } from './model.ts';

/** How long the request took that brought a capture's picture, with no waiting; of several takes it is the last one's. */
export function pictureRequestMs({ timeline = [] }: Pick<CaptureReport, 'timeline'>): number | undefined {
  return timeline.findLast((entry) => entry.kind === 'request' && entry.result === 'image')?.durationMs;
}
