import type { ZipArchive } from '../archive/read-zip.ts';
import type { CommitHistory } from '../git/commit-history.ts';
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
  /** Ends whatever is waited for. */
  readonly signal: AbortSignal;
  /** Other jobs of the same workflow run capture the other shares, and may have written their baselines already. */
  readonly sharded: boolean;
}

/** Where a run stands in the life of its repository. */
export interface RunPlace {
  readonly remote: GitRemote;
  readonly branch: BaselineBranch;
  /** The repository's default branch; absent: the server is asked for it. */
  readonly defaultBranch?: string;
  /** Who commits; absent: the workflow. */
  readonly author?: GitIdentity;
  /** Absent outside of a workflow. */
  readonly workflowRun?: { readonly id: number; readonly url: string; readonly commit: string };
  /** Absent outside of a workflow, and without a token. */
  readonly earlierRuns?: EarlierRuns;
  /** Whose acceptances count, of the pull requests that have any. Absent: none does. */
  readonly acceptances?: (recorded: readonly number[]) => Promise<Acceptances>;
  /** The commit whose pages are captured, where it is known. */
  readonly commit?: string;
  /** Absent: nobody can tell which commit comes before which. */
  readonly commits?: CommitHistory;
  /** What a branch is called today that may have had another name; undefined: there is none. Absent: nobody can tell. */
  readonly nameOfBranch?: (branch: string) => Promise<string | undefined>;
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

/** Workflow runs of the repository, as far as they concern baselines. */
export interface EarlierRuns {
  /**
   * The successful runs of this step's own workflow on a branch (undefined: the default one), newest first, of those events
   * alone that show the branch itself. @throws UserError
   */
  successful(branch: string | undefined): Promise<{ readonly branch: string; readonly runs: readonly PastRun[] }>;
  /** The artifact of that name that a run uploaded. @throws UserError */
  artifactOf(run: PastRun, name: string): Promise<PastArtifact>;
  /**
   * Runs on a branch that are not finished, newest first: of the workflow that the run `like` belonged to, else of this
   * step's own. Empty when GitHub does not tell.
   */
  underWay(branch: string, like?: number): Promise<readonly UnderWay[]>;
}

export interface PastRun {
  readonly id: number;
  /** Its address for people. */
  readonly url: string;
  readonly commit: string;
}

export interface UnderWay {
  readonly url: string;
  readonly commit: string;
}

export type PastArtifact =
  /** `open` downloads it; disposing of it deletes the download. @throws UserError, UnreadableArchive */
  | { readonly kind: 'found'; open(): Promise<ZipArchive & AsyncDisposable> }
  | { readonly kind: 'expired' }
  | { readonly kind: 'none' };

/** Whose baselines a run is compared with, and whether it may write them. */
export interface BaselineBranch {
  /** The base of the pull request, else the branch of the run. Undefined: the repository's default branch. */
  readonly name?: string;
  /** Why the run may not write baselines, as a sentence: what it captures was not reviewed yet. */
  readonly readOnly?: string;
}
