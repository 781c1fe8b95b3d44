import { displayUrl } from '../address/target-url.ts';
import type { Baseline, BaselineSource } from '../baseline/source.ts';
import { UncapturedBaseline } from '../baseline/url.ts';
import { defined } from '../basics/record.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../results/model.ts';
import type { PageProblemPorts } from './page-problem.ts';

export type BaselineRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'there'; readonly baseline: Baseline; readonly pageProblem?: PageProblem }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** It was to be captured in this run, at `url`, and was not. */
  | { readonly kind: 'uncaptured'; readonly failure: Failure; readonly url: string };

/** The baseline of a capture, or why there is none to compare with. */
export async function readBaseline(capture: Capture, baselines: BaselineSource, ports: PageProblemPorts): Promise<BaselineRead> {
  const problem = await findCounterpartProblem(capture, baselines, ports);
  // A page that the other deployment does not have is new; its error page is no baseline.
  const missing = problem?.status === 404 || problem?.status === 410;
  try {
    const baseline = missing ? undefined : await baselines.read(capture.id);
    return baseline === undefined ? { kind: 'none' } : { kind: 'there', baseline, ...defined({ pageProblem: problem }) };
  } catch (error) {
    if (error instanceof UncapturedBaseline) {
      const { failure } = error.outcome;
      const detail = `the page at baseline-url${failure.detail === undefined ? '' : `: ${failure.detail}`}`;
      return { kind: 'uncaptured', failure: { ...failure, detail }, url: capture.baselineUrl ?? '' };
    }
    return {
      kind: 'unreadable',
      failure: { code: 'baseline_unreadable', detail: `${baselines.nameOf(capture.id)}: ${reasonOf(error)}` },
    };
  }
}

/** What a plain request to the page that the baseline is captured from found. */
async function findCounterpartProblem(
  capture: Capture,
  { counterparts }: BaselineSource,
  { pageCheck = 'off', checkPage }: PageProblemPorts,
): Promise<PageProblem | undefined> {
  const page = pageCheck === 'off' ? undefined : counterparts?.of(capture)?.page;
  const problem = page?.kind === 'url' ? await checkPage?.(page.url) : undefined;
  return problem === undefined || page?.kind !== 'url'
    ? undefined
    : { ...problem, message: `The baseline is captured from ${displayUrl(page.url)}. ${problem.message}` };
}
