import type { Inputs } from '../inputs/inputs.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../report/model.ts';
import type { PageChecker } from './page-checker.ts';

/**
 * Asks every page whether it is one. With `fail` the captures of bad ones are refused before anything is sent; with
 * `warn` nothing waits for the answers until a picture is there to be judged.
 */
export async function refuseBadPages(
  captures: readonly Capture[],
  pageCheck: Inputs['pageCheck'],
  checkPage: PageChecker['check'],
): Promise<ReadonlyMap<Capture, PageProblem>> {
  if (pageCheck === 'off') {
    return new Map();
  }
  const checks = captures.map(async (capture) => {
    const problem = capture.page.kind === 'url' ? await checkPage(capture.page.url) : undefined;
    return [capture, problem] as const;
  });
  if (pageCheck === 'warn') {
    for (const check of checks) {
      // The judge asks again and is told the same.
      check.catch(() => {});
    }
    return new Map();
  }
  const checked = await Promise.all(checks);
  return new Map(checked.flatMap(([capture, problem]) => (problem === undefined ? [] : [[capture, problem]])));
}
