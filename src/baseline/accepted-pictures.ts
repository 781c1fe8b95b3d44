import { maxVariants, parsePictureKey } from '../plan/capture-id.ts';
import type { SeenPicture } from './source.ts';

/** A date is written again only when it is as old as this, so that runs which find nothing new write nothing. */
export const refreshAfterDays = 30;

/** A picture that was not seen for longer than this is named: it may be of a page that nobody gets to see any more. */
export const unseenDays = 90;

export function renderDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** How many days lie between two dates; 0 where it cannot be told. */
export function daysBetween(day: string, now: Date): number {
  const days = Math.floor((now.getTime() - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
  return Number.isNaN(days) ? 0 : days;
}

/** Whether the manifest is to say that a picture was seen today: only of one among several, and not each time. */
export function isDue({ seen }: { readonly seen?: string }, now: Date): boolean {
  return seen === undefined || daysBetween(seen, now) >= refreshAfterDays;
}

/** What a manifest tells of pictures that are accepted beside others. `pictures`: those that are there. */
export function listSeen(
  manifest: ReadonlyMap<string, { readonly seen?: string }>,
  pictures: ReadonlyMap<string, readonly number[]>,
): SeenPicture[] {
  return [...manifest].flatMap(([key, { seen }]) => {
    const { id, number } = parsePictureKey(key);
    const numbers = pictures.get(id) ?? [];
    return seen !== undefined && numbers.length > 1 && numbers.includes(number) ? [{ id, number, seen }] : [];
  });
}

/** The lowest number that no picture has; undefined: there is no room for another. */
export function freeNumber(numbers: readonly number[]): number | undefined {
  return Array.from({ length: maxVariants }, (_, at) => at + 1).find((number) => !numbers.includes(number));
}
