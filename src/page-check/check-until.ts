import type { PageProblem } from '../results/model.ts';
import { whenAborted } from '../system/when-aborted.ts';
import type { PageChecker } from './page-checker.ts';

/** The picture was taken, and nobody knows of what, so it is kept and never becomes a baseline. */
const notAsked: PageProblem = {
  kind: 'unreachable',
  message: 'The run had to end before the page had answered a plain request.',
};

/** Checks pages until the run must end: from then on no answer is waited for, and those that are there still count. */
export function checkUntil(check: PageChecker['check'], ended: AbortSignal): PageChecker['check'] {
  const notAskedThen = whenAborted(ended).then(() => notAsked);
  return (url, expectStatus) => Promise.race([check(url, expectStatus), notAskedThen]);
}
