import type { CaptureOutcome } from '../capture/outcome.ts';
import type { CaptureReport, TimelineEntry } from '../results/model.ts';

/** All requests of a capture told as one, when it was taken more than once: how many, how long, in which order. */
export function joinTakes(
  takes: readonly CaptureOutcome[],
): Required<Pick<CaptureReport, 'attempts' | 'durationMs' | 'timeline'>> {
  return {
    attempts: takes.reduce((sum, { attempts }) => sum + attempts, 0),
    durationMs: Math.round(takes.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    timeline: takes.flatMap(({ timeline }): readonly TimelineEntry[] => timeline),
  };
}
