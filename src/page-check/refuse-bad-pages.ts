import type { Inputs } from '../inputs/inputs.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../results/model.ts';
import { whenAborted } from '../system/when-aborted.ts';
import type { PageChecker } from './page-checker.ts';

/**
 * Asks every page whether it is one. With `fail` the captures of bad ones are refused before anything is sent, as far as
 * they are known when the run must end; with `warn` nothing waits for the answers until a picture is there to be judged.
 */
export async function refuseBadPages(
  captures: readonly Capture[],
  pageCheck: Inputs['pageCheck'],
  checkPage: PageChecker['check'],
  ended: AbortSignal,
): Promise<ReadonlyMap<Capture, PageProblem>> {
  if (pageCheck === 'off') {
    return new Map();
  }
  const refused = new Map<Capture, PageProblem>();
  const checks = captures.map(async (capture) => {
    const problem = capture.page.kind === 'url' ? await checkPage(capture.page.url) : undefined;
    if (problem !== undefined) {
      refused.set(capture, problem);
    }
  });
  const all = Promise.all(checks);
  if (pageCheck === 'warn') {
    // The judge asks again and is told the same.
    all.catch(() => {});
    return new Map();
  }
  await Promise.race([all, whenAborted(ended)]);
  return new Map(refused);
}
