import type { Report } from '../../results/model.ts';
import { findAcceptable } from '../changes.ts';
import { renderAcceptCommand } from '../render-accept-command.ts';
import { tellChanges } from '../shared-changes.ts';
import { code } from './escape.ts';

/** Where the head of a pull request is: in the repository itself, or in a fork. */
export type PullRequestHead = 'own' | 'fork';

export interface AcceptHintOptions {
  /** Of the pull request that the report is about; absent: it is about none that is known. */
  readonly pullRequestHead?: PullRequestHead;
  /** Where the artifact with everything is to be had: what is accepted is taken from there. */
  readonly artifactUrl?: string;
}

/** What a reviewer does who finds the changes right, in one line; undefined when there is nothing to accept. */
export function renderAcceptHint(report: Report, { pullRequestHead, artifactUrl }: AcceptHintOptions): string | undefined {
  const { run } = report;
  if (artifactUrl === undefined || run.ci?.artifactName === undefined || findAcceptable(report).length === 0) {
    return undefined;
  }
  const command = (inFork: boolean): string => code(renderAcceptCommand(run, [], { inFork }), 1000);
  if (pullRequestHead === 'fork' && run.baselineKind === 'directory') {
    return `**Meant?** The author of the pull request runs ${command(true)} on this commit, and commits the baselines.`;
  }
  const comment =
    pullRequestHead === undefined
      ? 'Run'
      : `Comment ${code('/visual accept')} or ${code(`/visual accept ${tellChanges(report).groups[0]?.id ?? '<ids>'}`)}, where the accept workflow is set up, or run`;
  return `**Meant?** ${comment} ${command(false)} on this commit.`;
}
