import { daysBetween, unseenDays } from '../baseline/accepted-pictures.ts';
import type { BaselineSource } from '../baseline/source.ts';
import { readLastRun } from '../output/last-run.ts';
import { systemClock } from '../system/clock.ts';
import type { Folder } from '../system/ports.ts';

/**
 * Names pictures that were accepted beside others and that nobody has seen for long, as sentences. Two things tell when one
 * was seen: the baselines, by a date that is written when it is accepted and by runs that write baselines; and the last run
 * into `output`.
 */
export async function describeUnseen(baselines: BaselineSource | undefined, output: Folder): Promise<string[]> {
  const pictures = (await baselines?.seen?.()) ?? [];
  if (baselines === undefined || pictures.length === 0) {
    return [];
  }
  const last = await readLastRun(output);
  const now = systemClock.date();
  return pictures.flatMap(({ id, number, seen }) => {
    const isMatched = last.captures.some((capture) => capture.id === id && capture.variant === number);
    const day = isMatched && last.day !== undefined && last.day > seen ? last.day : seen;
    return daysBetween(day, now) > unseenDays
      ? [
          `${baselines.nameOf(id, number)} is one of several accepted pictures and was last known to be seen on ${day}, more than ${unseenDays} days ago. If the page looks like that no more, delete it.`,
        ]
      : [];
  });
}
