import type { BaselineReader } from '../baseline/source.ts';
import { nameCaptures } from '../baseline/stale.ts';
import { UserError } from '../errors/user-error.ts';
import { hashContent } from '../git/lfs/pointer.ts';
import type { CaptureReport } from '../results/model.ts';

/**
 * Makes sure that no file is replaced but the one that the run compared with: one that came meanwhile, with a merge or a
 * checkout, would be undone. One that is the accepted picture already is fine.
 * @throws UserError
 */
export async function checkUntouched(
  captures: readonly CaptureReport[],
  baselines: Pick<BaselineReader, 'read' | 'description'>,
): Promise<void> {
  const stale: CaptureReport[] = [];
  for (const capture of captures) {
    const here = await baselines.read(capture.id);
    const hash = here === undefined ? undefined : hashContent(here.png);
    if (hash !== undefined && hash !== capture.sha256?.baseline && hash !== capture.sha256?.actual) {
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
