import type { Triptych, TriptychRequest } from '../../compare/triptych/triptych.ts';
import type { GithubApi } from '../../github/api.ts';
import type { Repository } from '../../github/repository.ts';
import type { PullRequestHead } from '../../report/markdown/accept-hint.ts';
import type { Report } from '../../results/model.ts';
import type { Clock, Folder, Random } from '../../system/ports.ts';
import type { CommentWhen } from './decide-comment.ts';

/** What is to be told, and where. */
export interface CommentTask {
  readonly report: Report;
  /** The files that the report names. */
  readonly files: Pick<Folder, 'read'>;
  readonly when: Exclude<CommentWhen, 'never'>;
  /** Tells the comments of several configs on one pull request apart. */
  readonly key: string;
  readonly repository: Repository;
  /** The pull request's number. */
  readonly pullRequest: number;
  readonly pullRequestHead: PullRequestHead;
  /** The token of the run can only read, whatever the workflow says. */
  readonly fork: boolean;
  readonly run: CommentedRun;
  /** Where the report opens in the browser. */
  readonly reportUrl?: string;
  /** Where the artifact with everything is to be had. */
  readonly artifactUrl?: string;
}

/** The run that found what is told. */
export interface CommentedRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
  readonly commit: string;
}

export interface CommentPorts {
  readonly api: GithubApi;
  /** For the pictures' push. */
  readonly token: string;
  readonly triptych: (request: TriptychRequest) => Promise<Triptych | undefined>;
  readonly clock: Pick<Clock, 'date' | 'nowMs' | 'sleep'>;
  readonly random: Random;
  /** Ends whatever is waited for. */
  readonly signal: AbortSignal;
}
