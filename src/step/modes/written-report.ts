import type { FoundPullRequests } from '../../github/subject/subject.ts';
import type { Settings } from '../../inputs/inputs.ts';
import type { CommentedRun } from '../../publish/comment/task.ts';
import type { CommitStatus } from '../../publish/status/commit-status.ts';
import type { Report } from '../../results/model.ts';
import type { Folder } from '../../system/ports.ts';

/** A report with its pictures, written to the output folder. */
export interface WrittenReport {
  readonly settings: Settings;
  readonly report: Report;
  readonly output: Folder;
  /** The run that found it; undefined outside of a workflow. */
  readonly run: ReportedRun | undefined;
  /** Whether the step fails by what was found. */
  readonly fails: boolean;
  /** What the step ends by, whatever the report says. */
  readonly fault?: unknown;
  /** The status of the captured commit, which is told what was found; undefined: it is given none. */
  readonly status?: CommitStatus | undefined;
}

/** The run that a report is about, and who is told of it. */
export interface ReportedRun extends CommentedRun {
  /** `other`: another run than this step's found it, and made the annotations. */
  readonly by: 'this' | 'other';
  readonly pullRequests: FoundPullRequests;
}
