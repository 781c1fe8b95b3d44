import { docsUrl } from '../../basics/product.ts';
import { shorten } from '../../basics/text.ts';
import type { GithubApi } from '../../github/api.ts';
import type { Repository } from '../../github/repository.ts';
import { brokenStatus, pendingStatus, type StatusText } from '../../report/commit-status.ts';
import { githubLimits } from '../../report/limits.ts';
import { explainRefusal } from '../refusal.ts';

/** What a status is about. */
export interface StatusTask {
  readonly repository: Repository;
  readonly commit: string;
  /** Tells the statuses of several configs apart, as it does their comments. */
  readonly key: string;
  /** What the status links to where there is no report. */
  readonly runUrl: string;
  /** The token can only read, whatever the workflow says. */
  readonly fork: boolean;
}

export type ToldStatus =
  | { readonly kind: 'told'; readonly name: string }
  /** What went wrong and what to do about it. The verdict of the check stands. */
  | { readonly kind: 'failed'; readonly warning: string };

/** The key of a workflow that has only one config. */
const ordinaryKey = 'visual-capture';

/** What a status is called (GitHub's `context`): a commit has one status of each name, and the last word counts. */
export function nameStatus(key: string): string {
  return shorten(key === ordinaryKey ? ordinaryKey : `${ordinaryKey}/${key}`, githubLimits.statusNameLength);
}

/**
 * The status of a commit while a run goes on. Nothing here throws for what GitHub does: a status that could not be set is
 * no failed run.
 */
export class CommitStatus {
  readonly #api: GithubApi;
  readonly #task: StatusTask;
  #begun: Promise<ToldStatus> | undefined;
  #isEnded = false;

  constructor(api: GithubApi, task: StatusTask) {
    this.#api = api;
    this.#task = task;
  }

  /** Says that the run goes on. What keeps it from that keeps `end` from its word too, which tells it then. */
  async begin(): Promise<void> {
    if (!this.#isEnded) {
      this.#begun = this.#set(pendingStatus, this.#task.runUrl);
      await this.#begun;
    }
  }

  /** Says what came of it. `reportUrl`: where the report opens, if it does. */
  async end(status: StatusText, reportUrl?: string): Promise<ToldStatus> {
    this.#isEnded = true;
    // Of two requests under way at the same time nobody knows which is the last word.
    await this.#begun;
    return this.#set(status, reportUrl ?? this.#task.runUrl);
  }

  /** Takes back that the run goes on, where nothing else was said since. Undefined: there was nothing to take back. */
  async endUnlessEnded(): Promise<ToldStatus | undefined> {
    const begun = this.#isEnded ? undefined : await this.#begun;
    this.#isEnded = true;
    return begun?.kind === 'told' ? this.end(brokenStatus) : undefined;
  }

  async #set({ state, description }: StatusText, url: string): Promise<ToldStatus> {
    const { repository, commit, key, fork } = this.#task;
    const name = nameStatus(key);
    try {
      await this.#api.rest.repos.createCommitStatus({
        owner: repository.owner,
        repo: repository.name,
        sha: commit,
        state,
        description,
        context: name,
        target_url: url,
      });
      return { kind: 'told', name };
    } catch (error) {
      return { kind: 'failed', warning: `The commit was given no status "${name}": ${explain(error, fork)}` };
    }
  }
}

function explain(error: unknown, fork: boolean): string {
  return explainRefusal(error, {
    fork,
    onFork: `it comes from a fork, and GitHub gives such runs a token that can only read, whatever permissions the workflow names. Set status: false here (${docsUrl('pull-requests.md#the-commit-status')}).`,
    elsewhere: 'the token of this job may not. Give the job the permission statuses: write, or set status: false.',
  });
}
