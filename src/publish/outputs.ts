import { capitalize } from '../basics/text.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Report } from '../results/model.ts';
import { defaultApi } from '../services/registry.ts';
import type { PublishedArtifact } from './artifact.ts';
import type { PublishedComment } from './comment/publish-comment.ts';
import { setOutputs } from './runner-commands.ts';

/** THE table of the step's outputs; action.yml and docs/inputs.md are read from it. */
export const outputSpecs = {
  outcome: '`passed`, `changed` or `failed`: what was found. `fail-on` decides whether the step fails.',
  captures: 'Number of captures, all statuses together.',
  unchanged: 'Captures that equal their baseline within the allowances.',
  changed: 'Captures that differ from their baseline.',
  added: 'Captures without a baseline.',
  removed: 'Baselines without a capture.',
  failed: 'Captures that could not be taken or compared, those among them that were under way when the run stopped.',
  skipped: 'Captures that were not tried because the run stopped.',
  results: 'Path of results.json.',
  report: 'Path of report.html.',
  'report-url': 'Address of the report, to open in the browser.',
  'artifact-id': 'Id of the artifact with everything.',
  'artifact-url': 'Address of the artifact with everything.',
  'comment-url': 'Address of the comment on the pull request; of the first one, where the commit belongs to several.',
  credits: `${capitalize(defaultApi.billing.unit)}s that the run spent.`,
} as const;

export type OutputName = keyof typeof outputSpecs;

/** The step's outputs; those of artifacts are empty where nothing was uploaded. */
export function planOutputs(
  report: Report,
  paths: { results: string; report: string },
  artifact: PublishedArtifact,
  comments: readonly PublishedComment[],
): Record<OutputName, string> {
  const { totals } = report;
  return {
    outcome: report.outcome,
    captures: String(totals.captures),
    unchanged: String(totals.unchanged),
    changed: String(totals.changed),
    added: String(totals.added),
    removed: String(totals.removed),
    failed: String(totals.failed),
    skipped: String(totals.skipped),
    results: paths.results,
    report: paths.report,
    'report-url': artifact.reportUrl ?? '',
    'artifact-id': artifact.everything === undefined ? '' : String(artifact.everything.id),
    'artifact-url': artifact.everything?.url ?? '',
    'comment-url': comments.find((comment) => comment.kind === 'written')?.url ?? '',
    credits: String(report.service.credits),
  };
}

/** Hands the outputs to the runner; the last value of each counts. Returns what did not work, if anything: the verdict stands. */
export async function publishOutputs(outputs: Readonly<Partial<Record<OutputName, string>>>): Promise<string | undefined> {
  try {
    await setOutputs(outputs);
  } catch (error) {
    return `The outputs could not be written: ${reasonOf(error)}`;
  }
  return undefined;
}
