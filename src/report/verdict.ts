import { formatCount, formatDuration, formatFew, formatPlural } from '../basics/format.ts';
import { defined } from '../basics/record.ts';
import type { CaptureStatus, Outcome, Report, RunReport, ServiceTotals } from '../results/model.ts';
import { decideFailReasons, decideStepFails, describeFailReasons } from '../results/outcome.ts';
import { isShadeWarning } from '../results/shade-finding.ts';
import { statusesByRank } from '../results/statuses.ts';
import { captureApiOf } from '../services/registry.ts';
import { describeAccepted, describeVariants } from './accepted-notes.ts';
import { describeStanding } from './baseline-standing.ts';

/** The answer of a run in words that every reporter shares. Plain text. */
export interface RunVerdict {
  /** The outcome, or that there was nothing to look at, which is no good news. */
  readonly tone: VerdictTone;
  /** Stands for the tone where there are no drawings. */
  readonly symbol: string;
  readonly stepFails: boolean;
  /** e.g. `2 failed and 3 changed of 48 captures`. */
  readonly headline: string;
  /** What is not plain from the headline: what it means for the step, what is unchanged for having been accepted or although a shade changed, what was taken only once. */
  readonly explanation?: string;
  /** Which baselines these were, and whether newer ones would say something else. */
  readonly comparedWith?: string;
}

export type VerdictTone = Outcome | 'empty';

/** What to do where nothing was compared. */
export const allowEmptyHint = 'set allow-empty if that is intended';

const symbols: { readonly [Tone in VerdictTone]: string } = { failed: '✗', changed: '≠', passed: '✓', empty: '○' };

export function describeVerdict(report: Report): RunVerdict {
  const explanation = [
    describeConsequence(report),
    describeAccepted(report),
    describeVariants(report),
    describeShades(report),
    describeRetakes(report),
    describeTriedOptions(report),
  ]
    .filter((text) => text !== undefined)
    .join(' ');
  const tone = decideTone(report);
  return {
    tone,
    symbol: symbols[tone],
    stepFails: decideStepFails(report),
    headline: describeFindings(report),
    ...(explanation === '' ? {} : { explanation }),
    ...defined({ comparedWith: describeStanding(report) }),
  };
}

/** That captures count as unchanged although a shade changed in them, where that is so. */
function describeShades({ captures }: Report): string | undefined {
  const count = captures.filter(isShadeWarning).length;
  return count === 0
    ? undefined
    : `A shade changed in ${formatPlural(count, 'capture')} that ${count === 1 ? 'counts' : 'count'} as unchanged.`;
}

/** That captures were taken once although they differ, where that is so. */
function describeRetakes({ run: { retakesEnded } }: Report): string | undefined {
  if (retakesEnded === undefined) {
    return undefined;
  }
  const { sample, takenOnce } = retakesEnded;
  return `Most captures differ, and the ${formatCount(sample)} that were taken again first differed still, so ${formatPlural(takenOnce, 'differing capture')} ${takenOnce === 1 ? 'was' : 'were'} taken only once.`;
}

/** That the service does what it does not document, where that was tried. */
function describeTriedOptions({ run: { triedOptions } }: Report): string | undefined {
  return triedOptions === undefined
    ? undefined
    : `The service does not document ${formatFew(triedOptions, 5)}; one small page showed first that it honours ${triedOptions.length === 1 ? 'it' : 'them'}.`;
}

function decideTone({ outcome, captures, totals, run }: Report): VerdictTone {
  if (outcome === 'failed' || run.nothingCompared?.allowed === false) {
    return 'failed';
  }
  if (outcome === 'passed' && decideFailReasons({ captures, run }).length > 0) {
    return 'changed';
  }
  return totals.captures === 0 || run.nothingCompared !== undefined ? 'empty' : outcome;
}

function describeConsequence(report: Report): string | undefined {
  const { nothingCompared, failOn, engine } = report.run;
  // Nobody has chosen what makes two folders differ.
  if (engine === 'files') {
    return undefined;
  }
  const reasons = decideFailReasons(report);
  const sentences = [
    ...(reasons.length > 0 ? [`The check fails: ${describeFailReasons(reasons)} (fail-on: ${failOn.join(', ')}).`] : []),
    ...(nothingCompared === undefined ? [] : [nothingCompared.reason]),
    ...(nothingCompared?.allowed === false && reasons.length === 0
      ? [`The check fails because of that; ${allowEmptyHint}.`]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : describeLeniency(report);
}

/** What is billed, requests and time, e.g. `42 credits, 48 requests (6 retries), held back 12.0 s, took 1 min 4 s`. */
export function describeCost({ service, run }: Report): string {
  const parts = describeEngine(run.engine, service);
  if (service.heldBackMs > 0) {
    parts.push(`held back ${formatDuration(service.heldBackMs)}`);
  }
  if (service.possiblyBilled > 0) {
    parts.push(`${formatPlural(service.possiblyBilled, 'lost answer')} possibly billed`);
  }
  parts.push(`took ${formatDuration(run.durationMs)}`);
  return parts.join(', ');
}

function describeEngine(engine: RunReport['engine'], service: ServiceTotals): string[] {
  switch (engine) {
    case 'local':
      return [`built-in engine, no ${captureApiOf(engine).billing.unit}s`, describeRequests(service)];
    case 'files':
      return ['pictures from files'];
    default:
      return [formatPlural(service.credits, captureApiOf(engine).billing.unit), describeRequests(service)];
  }
}

/** e.g. `48 requests (6 retries)`. */
export function describeRequests({ requests, retries }: ServiceTotals): string {
  const repeated = retries === 0 ? '' : ` (${formatCount(retries)} ${retries === 1 ? 'retry' : 'retries'})`;
  return `${formatPlural(requests, 'request')}${repeated}`;
}

/** What a reader is told first; a run in which nothing needs a look says so. */
const worthTelling: readonly CaptureStatus[] = ['failed', 'changed', 'added', 'removed', 'skipped'];

function describeFindings({ totals }: Report): string {
  if (totals.captures === 0) {
    return 'Nothing was captured';
  }
  const parts = statusesByRank
    .filter((status) => worthTelling.includes(status) && totals[status] > 0)
    .map((status) => `${formatCount(totals[status])} ${status}`);
  if (parts.length > 0) {
    return `${joinWithAnd(parts)} of ${formatPlural(totals.captures, 'capture')}`;
  }
  const all = totals.captures === 1 ? 'The capture' : `All ${formatPlural(totals.captures, 'capture')}`;
  const rest =
    totals.captured === 0
      ? 'unchanged'
      : totals.unchanged === 0
        ? totals.captures === 1
          ? 'taken, and compared with nothing'
          : 'taken'
        : 'taken or unchanged';
  return totals.captures === 1 ? `${all} is ${rest}` : `${all} ${rest}`;
}

/** Why a run that found something passes all the same. */
function describeLeniency({ captures, run, totals }: Report): string | undefined {
  const found = (['failed', 'changed', 'skipped'] as const).filter((status) => totals[status] > 0);
  if (found.length === 0) {
    return undefined;
  }
  if (captures.some(({ baselineUpdated }) => baselineUpdated === true)) {
    return 'The check passes: the new pictures were taken as baselines.';
  }
  return `The check passes: fail-on is ${run.failOn.length === 0 ? 'none' : run.failOn.join(', ')}.`;
}

function joinWithAnd(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
