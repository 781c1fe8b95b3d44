import type { CaptureReport, ChangeLook } from '../../model.ts';
import type { AlikeUnit } from './is-alike.ts';

/** Fewer words in the changes of a capture say nothing about all of its text. */
const fewestWords = 20;
/** Another typeface breaks some words into letters, and joins others. */
const wordsShare = 0.15;
/** From this share on, of what differs, the text is where it was, moved. */
const movedPercent = 10;
/** What is on fewer captures of a run, as a share, was written anew and not set anew. */
const capturesShare = 0.5;
/** No capture shows these pixels in one of the pictures: the page is longer or shorter. */
const none = 1 << 15;

/**
 * The changes that are text set anew, as in another typeface: on at least half of the captures there are about as many words in
 * the changes as before, in a colour that was there before, and hardly one of them looks as it did.
 */
export function findSetAnew<Unit extends AlikeUnit>(units: readonly Unit[], compared: number): ReadonlySet<Unit> {
  const candidates = units.filter(({ look }) => mayBeSetAnew(look));
  const words = new Map<CaptureReport, { before: number; after: number }>();
  for (const { captures, look } of candidates) {
    for (const capture of captures) {
      const { before, after } = words.get(capture) ?? { before: 0, after: 0 };
      words.set(capture, { before: before + look.wordsBefore, after: after + look.wordsAfter });
    }
  }
  const captures = new Set(
    [...words].flatMap(([capture, { before, after }]) =>
      Math.min(before, after) >= fewestWords && Math.abs(before - after) <= wordsShare * Math.max(before, after) ? [capture] : [],
    ),
  );
  return new Set(
    captures.size >= Math.max(2, compared * capturesShare)
      ? candidates.filter((unit) => unit.captures.every((capture) => captures.has(capture)))
      : [],
  );
}

function mayBeSetAnew({ from, to, movedPercent: moved, recoloured }: ChangeLook): boolean {
  return (
    moved <= movedPercent &&
    !recoloured &&
    (from.some((colour) => to.includes(colour)) || from.includes(none) || to.includes(none))
  );
}
