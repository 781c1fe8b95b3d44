import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../results/model.ts';
import { whenAborted } from '../system/when-aborted.ts';
import type { PageChecker } from './page-checker.ts';

/**
 * Asks the pages whether they are ones. With `fail` the captures of bad ones are refused before anything is sent, as far
 * as they are known when the run must end; with `warn` nothing waits for the answers until a picture is there to be judged.
 */
export async function refuseBadPages(
  captures: readonly Capture[],
  checkPage: PageChecker['check'],
  ended: AbortSignal,
): Promise<ReadonlyMap<Capture, PageProblem>> {
  const refused = new Map<Capture, PageProblem>();
  const ask = async (capture: Capture): Promise<void> => {
    const { page, pageCheck } = capture;
    const problem =
      page.kind === 'url' && pageCheck !== undefined ? await checkPage(page.url, pageCheck.expectStatus) : undefined;
    if (problem !== undefined && pageCheck?.mode === 'fail') {
      refused.set(capture, problem);
    }
  };
  const asking = captures.map((capture) => ({ capture, done: ask(capture) }));
  for (const { done } of asking) {
    // The judge asks again and is told the same.
    done.catch(() => {});
  }
  const awaited = asking.filter(({ capture }) => capture.pageCheck?.mode === 'fail').map(({ done }) => done);
  await Promise.race([Promise.all(awaited), whenAborted(ended)]);
  return new Map(refused);
}

/** Waits until the pages that are to be checked have woken up, or the run must end. */
export async function wakePages(captures: readonly Capture[], wake: PageChecker['wake'], ended: AbortSignal): Promise<void> {
  const urls = captures.flatMap(({ page, pageCheck }) => (page.kind === 'url' && pageCheck !== undefined ? [page.url] : []));
  const awake = wake(urls, ended);
  awake.catch(() => {});
  await Promise.race([awake, whenAborted(ended)]);
}
