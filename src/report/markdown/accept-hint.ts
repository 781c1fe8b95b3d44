import { formatPlural } from '../../basics/format.ts';
import type { Report } from '../../results/model.ts';
import { findAcceptable } from '../changes.ts';
import { renderAcceptCommand } from '../render-accept-command.ts';
import type { ToldChanges } from '../tell-changes.ts';
import { everythingBox, renderBox } from './boxes.ts';
import { code } from './escape.ts';

/** Where the head of a pull request is: in the repository itself, or in a fork. */
export type PullRequestHead = 'own' | 'fork';

export interface AcceptHintOptions {
  /** Of the pull request that the report is about; absent: it is about none that is known. */
  readonly pullRequestHead?: PullRequestHead;
  /** Where the artifact with everything is to be had: what is accepted is taken from there. */
  readonly artifactUrl?: string;
}

/** What can be accepted on the pull request itself, by a written command or a ticked box. */
export interface Acceptance {
  /** Captures. */
  readonly all: number;
  /** What belongs to a group is told by the run, and that of a fork is not believed. */
  readonly groups: boolean;
}

/** Undefined where nothing can be accepted on the pull request: not at all, or by its author alone. */
export function findAcceptance(report: Report, { pullRequestHead, artifactUrl }: AcceptHintOptions): Acceptance | undefined {
  const isAuthors = pullRequestHead === 'fork' && report.run.baselineKind === 'directory';
  const all = pullRequestHead === undefined || isAuthors || !isUploaded(report, artifactUrl) ? 0 : findAcceptable(report).length;
  return all === 0 ? undefined : { all, groups: pullRequestHead === 'own' };
}

/** The box that accepts everything; undefined where the pull request is not the place to accept. */
export function renderEverythingBox(report: Report, options: AcceptHintOptions): string | undefined {
  const acceptance = findAcceptance(report, options);
  return acceptance && renderBox(everythingBox, `**Accept everything** (${formatPlural(acceptance.all, 'capture')})`);
}

export interface RenderHintOptions extends AcceptHintOptions {
  /** The text has boxes to tick. */
  readonly boxes?: boolean;
}

/** What a reviewer does who finds the changes right, in one line; undefined when there is nothing to accept. */
export function renderAcceptHint(
  report: Report,
  { groups }: Pick<ToldChanges, 'groups'>,
  options: RenderHintOptions,
): string | undefined {
  const { pullRequestHead, artifactUrl, boxes = false } = options;
  const { run } = report;
  if (!isUploaded(report, artifactUrl) || findAcceptable(report).length === 0) {
    return undefined;
  }
  const command = (inFork: boolean): string => code(renderAcceptCommand(run, [], { inFork }), 1000);
  if (pullRequestHead === 'fork' && run.baselineKind === 'directory') {
    return `**Meant?** The author of the pull request runs ${command(true)} on this commit, and commits the baselines.`;
  }
  const comment =
    pullRequestHead === undefined
      ? 'Run'
      : `${boxes ? 'Tick a box, or comment' : 'Comment'} ${code('/visual accept')} or ${code(`/visual accept ${groups[0]?.id ?? '<ids>'}`)}, where the accept workflow is set up, or run`;
  return `**Meant?** ${comment} ${command(false)} on this commit.`;
}

function isUploaded({ run }: Report, artifactUrl: string | undefined): boolean {
  return artifactUrl !== undefined && run.ci?.artifactName !== undefined;
}
