import { displayUrl } from '../address/display-url.ts';
import type { Baseline, BaselineSource } from '../baseline/source.ts';
import { UncapturedBaseline } from '../baseline/url.ts';
import { attempt } from '../basics/attempt.ts';
import { defined } from '../basics/record.ts';
import type { Failure } from '../errors/failure.ts';
import { findLocalFault, LocalFault } from '../errors/local-fault.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Capture } from '../plan/capture.ts';
import type { PageProblem } from '../results/model.ts';
import type { PageFacts } from '../results/page-facts.ts';
import { findAnsweredProblem, type PageProblemPorts } from './page-problem.ts';

export type BaselineRead =
  | { readonly kind: 'none' }
  | { readonly kind: 'there'; readonly baseline: Baseline; readonly pageProblem?: PageProblem }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** It was to be captured in this run, at `url`, and was not. */
  | { readonly kind: 'uncaptured'; readonly failure: Failure; readonly url: string };

/**
 * The baseline of a capture, or why there is none to compare with.
 * @throws LocalFault when this machine cannot read it now, whatever it is.
 */
export async function readBaseline(capture: Capture, baselines: BaselineSource, ports: PageProblemPorts): Promise<BaselineRead> {
  const read = await attempt(() => baselines.read(capture.id));
  const problem = await findCounterpartProblem(capture, baselines, read.value?.page, ports);
  // A page that the other deployment does not have is new; its error page is no baseline.
  if (problem?.status === 404 || problem?.status === 410) {
    return { kind: 'none' };
  }
  if (read.kind === 'done') {
    return read.value === undefined
      ? { kind: 'none' }
      : { kind: 'there', baseline: read.value, ...defined({ pageProblem: problem }) };
  }
  const localFault =
    read.fault instanceof LocalFault ? read.fault : findLocalFault(read.fault, `read ${baselines.nameOf(capture.id)}`);
  if (localFault !== undefined) {
    throw localFault;
  }
  return explainUnread(read.fault, capture, baselines);
}

function explainUnread(error: unknown, capture: Capture, baselines: BaselineSource): BaselineRead {
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

/** What is wrong with the page that the baseline is captured from. */
async function findCounterpartProblem(
  capture: Capture,
  { counterparts }: BaselineSource,
  facts: PageFacts | undefined,
  ports: PageProblemPorts,
): Promise<PageProblem | undefined> {
  const counterpart = capture.pageCheck === undefined ? undefined : counterparts?.of(capture);
  const problem = counterpart === undefined ? undefined : await findAnsweredProblem(counterpart, facts, ports);
  return problem === undefined || counterpart?.page.kind !== 'url'
    ? undefined
    : { ...problem, message: `The baseline is captured from ${displayUrl(counterpart.page.url)}. ${problem.message}` };
}
