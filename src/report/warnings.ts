import { formatPlural } from '../basics/format.ts';
import type { CaptureReport, EnvironmentChange, Report } from '../results/model.ts';
import { isShadeWarning, shadeFindingOf } from '../results/shade-finding.ts';
import { isAcceptable } from './acceptable.ts';
import { acceptedNote } from './accepted-notes.ts';
import { describeColours, describeFindings } from './describe-findings.ts';
import { describePageWarnings } from './describe-page.ts';
import { describeVariant, noteVariant } from './describe-variant.ts';
import { compareBySeverity } from './order.ts';

/** Something that makes captures less trustworthy than their status says. */
export interface Warning {
  readonly kind: keyof typeof titles;
  /** A headline. */
  readonly title: string;
  /** What it is, in sentences. */
  readonly message: string;
  readonly captures: readonly CaptureReport[];
}

/** In the order in which they are told. */
const titles = {
  page: 'May not be the intended page',
  environment: 'Captured in a different environment than the baseline',
  shade: 'A shade changed',
  unstable: 'Flaky',
  file: 'A damaged file',
  picture: 'About the picture',
} as const;

/** The warnings of a run; captures with the same words share one. */
export function findWarnings({ captures }: Pick<Report, 'captures'>): Warning[] {
  const found = captures
    .toSorted(compareBySeverity)
    .flatMap((capture) => warn(capture).map((warning) => ({ ...warning, capture })));
  const groups = [...Map.groupBy(found, ({ kind, message }) => `${kind} ${message}`).values()].flatMap((group): Warning[] => {
    const [first] = group;
    const captures = group.map(({ capture }) => capture);
    return first === undefined
      ? []
      : [{ kind: first.kind, title: titles[first.kind], message: complete(first, captures), captures }];
  });
  const kinds = Object.keys(titles);
  return groups.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.captures.length - a.captures.length);
}

function warn(capture: CaptureReport): Pick<Warning, 'kind' | 'message'>[] {
  const { pageProblem, environmentChanges = [], unstable } = capture;
  return [
    ...(pageProblem === undefined
      ? []
      : [{ kind: 'page', message: `${pageProblem.message} Such a picture is never taken as a baseline.` } as const]),
    ...(environmentChanges.length === 0
      ? []
      : [
          {
            kind: 'environment',
            message: `${describeEnvironment(environmentChanges)}. Differences may come from that and not from the page.`,
          } as const,
        ]),
    ...warnOfShade(capture),
    ...(unstable ? [{ kind: 'unstable', message: 'The page differed between two takes of this run.' } as const] : []),
    ...warnOfDamage(capture),
    ...describePageWarnings(capture).map((message) => ({ kind: 'picture', message }) as const),
  ];
}

/** Also of captures that are unchanged, whose other findings are nobody's worry. */
function warnOfDamage({ comparison }: CaptureReport): Pick<Warning, 'kind' | 'message'>[] {
  const damaged = comparison?.findings?.filter(({ kind }) => kind === 'damaged-file') ?? [];
  const message = describeFindings({ findings: damaged });
  return message === undefined ? [] : [{ kind: 'file', message }];
}

/** What is to be done about a shade; the colours come before it when all its captures are known. */
function warnOfShade(capture: CaptureReport): Pick<Warning, 'kind' | 'message'>[] {
  if (!isShadeWarning(capture)) {
    return [];
  }
  const message =
    capture.baselineUpdated === true
      ? 'The new pictures were taken as baselines.'
      : `${isAcceptable(capture) ? 'Accept the pictures if that is meant. ' : ''}With shades: fail it would be a change, with shades: ignore nobody looks.`;
  return [{ kind: 'shade', message }];
}

/** A theme changes many shades on many pages, so that is one warning. */
function complete({ kind, message }: Pick<Warning, 'kind' | 'message'>, captures: readonly CaptureReport[]): string {
  if (kind !== 'shade') {
    return message;
  }
  const shades = captures.flatMap((capture) => shadeFindingOf(capture)?.shades ?? []);
  return `${describeColours(shades)}: plain areas that changed by less than the threshold sees, so they count as unchanged. ${message}`;
}

/** e.g. `Environment changed: browser was Chrome 152, is Chrome 153`. */
export function describeEnvironment(changes: readonly EnvironmentChange[]): string {
  return `Environment changed: ${changes.map(({ what, baseline, actual }) => `${what} was ${baseline}, is ${actual}`).join('; ')}`;
}

/** What is remarkable about one capture besides its status and numbers, a few words each. */
export function describeNotes(capture: CaptureReport): string[] {
  const { unstable, unstableRegions = [], pageProblem, pageWarnings = [], environmentChanges = [] } = capture;
  const { accepted, baselineUpdated, comparison } = capture;
  const variant = noteVariant(capture);
  return [
    ...(pageProblem === undefined ? [] : ['doubtful page']),
    ...(environmentChanges.length === 0 ? [] : ['environment changed']),
    ...(shadeFindingOf({ comparison }) === undefined ? [] : ['a shade changed']),
    ...(unstable
      ? [unstableRegions.length === 0 ? 'unstable' : `unstable in ${formatPlural(unstableRegions.length, 'place')}`]
      : []),
    ...(pageWarnings.length === 0 ? [] : [`${formatPlural(pageWarnings.length, 'note')} about the picture`]),
    ...(accepted === true ? [acceptedNote] : []),
    ...(variant === undefined ? [] : [variant]),
    ...(baselineUpdated === true ? ['taken as the new baseline'] : []),
  ];
}

/** The same in full sentences, with what the comparison has to say. */
export function explainCapture(capture: CaptureReport): string[] {
  const { comparison, pageProblem, environmentChanges = [], unstable } = capture;
  const found = comparison === undefined ? undefined : describeFindings(comparison);
  const variant = describeVariant(capture);
  return [
    ...(variant === undefined ? [] : [variant]),
    ...(found === undefined ? [] : [found]),
    ...(pageProblem === undefined ? [] : [pageProblem.message]),
    ...(environmentChanges.length === 0 ? [] : [`${describeEnvironment(environmentChanges)}.`]),
    ...(unstable && found === undefined ? ['The page differed between two takes of this run.'] : []),
    ...describePageWarnings(capture),
  ];
}
