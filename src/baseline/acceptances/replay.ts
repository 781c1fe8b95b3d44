import type { ObjectId } from '../../git/scratch-repository.ts';
import { freeNumber } from '../accepted-pictures.ts';
import type { HeldPicture } from './tree.ts';

/** Pictures of a capture by their number. */
export type NumberedBlobs = ReadonlyMap<number, ObjectId>;

/**
 * The pictures that a capture has once what was accepted on its pull request is among the baselines: one after the other, an
 * acceptance takes the place of all that was there, and one of a variant stands beside it. Undefined: no variant is left, so the
 * run's own picture becomes the baseline, as ever.
 * @param accepted oldest first
 */
export function replayAcceptances(
  before: NumberedBlobs,
  accepted: readonly Pick<HeldPicture, 'blob' | 'variant'>[],
): NumberedBlobs | undefined {
  const lastPlain = accepted.findLastIndex(({ variant }) => !variant);
  const counting = accepted.slice(Math.max(lastPlain, 0));
  if (!counting.some(({ variant }) => variant)) {
    return undefined;
  }
  const pictures = new Map(lastPlain < 0 ? before : []);
  for (const { blob } of counting) {
    const number = freeNumber([...pictures.keys()]);
    if (number !== undefined && ![...pictures.values()].includes(blob)) {
      pictures.set(number, blob);
    }
  }
  return pictures;
}
