import { formatPlural } from '../basics/format.ts';
import { oneLine, shorten } from '../basics/text.ts';
import type { Report } from '../results/model.ts';
import { githubLimits } from './limits.ts';
import { describeVerdict } from './verdict.ts';

/** What a commit status says. */
export interface StatusText {
  readonly state: 'pending' | 'success' | 'failure';
  /** One line, as long as GitHub takes it at most. */
  readonly description: string;
}

/** While the run goes on. */
export const pendingStatus: StatusText = { state: 'pending', description: 'Capturing and comparing' };

/** The run ended without a report. */
export const brokenStatus: StatusText = { state: 'failure', description: 'The check came to no results; its log says why' };

/** What a run found, in counts. `fails`: the step does, be it for another reason than the report's. */
export function renderCommitStatus(report: Report, fails: boolean): StatusText {
  const { headline } = describeVerdict(report);
  const because = whyBesides(report);
  const description = because === undefined ? headline : `${headline}: ${because}`;
  return { state: fails ? 'failure' : 'success', description: fitDescription(description) };
}

/** Everything for which the check failed was accepted, so many captures of them. */
export function renderAcceptedStatus({ totals }: Report, accepted: number): StatusText {
  return {
    state: 'success',
    description: fitDescription(`${accepted} of ${formatPlural(totals.captures, 'capture')} accepted, nothing else is open`),
  };
}

/** What the counts do not say. */
function whyBesides({ stopped, run }: Report): string | undefined {
  if (stopped !== undefined) {
    return `the run stopped early (${stopped.code})`;
  }
  return run.nothingCompared?.allowed === false ? 'nothing was compared' : undefined;
}

function fitDescription(text: string): string {
  return shorten(oneLine(text), githubLimits.statusDescriptionLength);
}
