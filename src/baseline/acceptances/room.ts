import { maxVariants } from '../../plan/capture-id.ts';
import type { CaptureReport } from '../../results/model.ts';
import type { HeldPicture } from './tree.ts';

/** How many accepted pictures each capture had in the run that was reviewed. */
export function countAccepted(captures: readonly CaptureReport[]): ReadonlyMap<string, number> {
  return new Map(captures.map(({ id, status, variant }) => [id, variant?.count ?? (status === 'added' ? 0 : 1)]));
}

/**
 * Whether a capture may have one more accepted picture, beside those that it had in the reviewed run and those that were
 * accepted since.
 * @param accepted oldest first
 */
export function hasRoom(
  countBefore: number,
  accepted: readonly Pick<HeldPicture, 'variant' | 'sha256'>[],
  sha256: string,
): boolean {
  const others = accepted.filter((picture) => picture.sha256 !== sha256);
  return others.reduce((sum, { variant }) => (variant ? sum + 1 : 1), countBefore) < maxVariants;
}
