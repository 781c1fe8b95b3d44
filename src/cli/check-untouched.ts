import type { BaselineReader } from '../baseline/source.ts';
import { nameCaptures, type PictureHashes } from '../baseline/stale.ts';
import { UserError } from '../errors/user-error.ts';
import { hashContent } from '../git/lfs/pointer.ts';
import type { CaptureReport } from '../results/model.ts';

/** The hashes of a capture's accepted pictures, by their number. Throws when one cannot be read. */
export async function hashesHere(id: string, baselines: Pick<BaselineReader, 'read' | 'numbers'>): Promise<PictureHashes> {
  const hashes = new Map<number, string>();
  const numbers = (await baselines.numbers?.(id)) ?? [];
  for (const number of numbers.length === 0 ? [1] : numbers) {
    const here = await baselines.read(id, number);
    if (here !== undefined) {
      hashes.set(number, hashContent(here.png));
    }
  }
  return hashes;
}

/**
 * Makes sure that no file is replaced but the one that the run compared with: one that came meanwhile, with a merge or a
 * checkout, would be undone. One that is the accepted picture already is fine.
 * @throws UserError
 */
export async function checkUntouched(
  captures: readonly CaptureReport[],
  baselines: Pick<BaselineReader, 'read' | 'numbers' | 'description'>,
): Promise<void> {
  const stale: CaptureReport[] = [];
  for (const capture of captures) {
    const hashes = [...(await hashesHere(capture.id, baselines)).values()];
    const known = [capture.sha256?.baseline, capture.sha256?.actual];
    if (hashes.length > 0 && !hashes.some((hash) => known.includes(hash))) {
      stale.push(capture);
    }
  }
  if (stale.length > 0) {
    throw new UserError(
      `That run compared ${nameCaptures(stale)} with other baselines than there are here now (${baselines.description}).`,
      'Bring the branch up to date with its base, run the check again, look at it, and accept then.',
    );
  }
}
