import type { ZipArchive } from '../archive/read-zip.ts';
import type { GitIdentity, GitRemote } from '../git/remote.ts';
import type { Clock, Folder, Log, Random } from '../system/ports.ts';

/** What the sources need of the outside. */
export interface BaselinePorts {
  readonly openFolder: (path: string) => Folder;
  /** Where the run stands; asked only by sources that live on a server. */
  readonly place: () => Promise<RunPlace>;
  readonly log: Log;
  readonly clock: Pick<Clock, 'date' | 'sleep'>;
  readonly random: Random;
}

/** Where a run stands in the life of its repository. */
export interface RunPlace {
  readonly remote: GitRemote;
  readonly branch: BaselineBranch;
  /** Who commits; absent: the workflow. */
  readonly author?: GitIdentity;
  /** Absent outside of a workflow. */
  readonly workflowRun?: { readonly id: number; readonly url: string; readonly commit: string };
  /** Absent outside of a workflow, and without a token. */
  readonly earlierRuns?: EarlierRuns;
  /** Absent: none counts. */
  readonly acceptances?: Acceptances;
  /** The commit whose pages are captured, where it is known. */
  readonly commit?: string;
  /** Absent: nobody can tell which commit comes before which. */
  readonly commits?: CommitHistory;
}

/** The order of the repository's commits. */
export interface CommitHistory {
  /** Whether `older` is an ancestor of `newer`, or `newer` itself; undefined: nobody can tell. */
  isAncestor(older: string, newer: string): Promise<boolean | undefined>;
}

/** What somebody accepted on these pull requests counts for the run. */
export interface Acceptances {
  readonly pullRequests: readonly number[];
  /**
   * `any`: what was accepted on one of them, as in a merge queue, which brings their changes together. `every`: only what
   * was accepted on each of them, as with one commit on several pull requests.
   */
  readonly rule: 'any' | 'every';
}

/** Successful runs of the same workflow, and what they uploaded. */
export interface EarlierRuns {
  /** The newest artifact of that name on the branch (undefined: the default one) that can still be had. @throws UserError */
  findArtifact(name: string, branch: string | undefined): Promise<ArtifactSearch>;
}

export type ArtifactSearch =
  | {
      readonly kind: 'found';
      /** Address of the run that uploaded it. */
      readonly runUrl: string;
      /** Downloads it; disposing of it deletes the download. @throws UserError, UnreadableArchive */
      open(): Promise<ZipArchive & AsyncDisposable>;
    }
  | {
      readonly kind: 'none';
      readonly branch: string;
      /** Successful runs that were looked at, newest first. */
      readonly runs: number;
      /** How many of them had one that is expired. */
      readonly expired: number;
    };

/** Whose baselines a run is compared with, and whether it may write them. */
export interface BaselineBranch {
  /** The base of the pull request, else the branch of the run. Undefined: the repository's default branch. */
  readonly name?: string;
  /** Why the run may not write baselines, as a sentence: what it captures was not reviewed yet. */
  readonly readOnly?: string;
}
