import type { BaselineBrowsers, BaselineSource } from '../baseline/source.ts';
import type { BaselineUpdate } from '../baseline/update.ts';
import type { CaptureClient } from '../capture/client.ts';
import type { PolicyOptions } from '../capture/policy/policy.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import type { RunEnvironment } from '../environment/describe.ts';
import type { Failure } from '../errors/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { PageChecker } from '../page-check/page-checker.ts';
import type { Progress } from '../progress/progress.ts';
import type { AccountLimit, DownloadedBrowser, RunReport } from '../results/model.ts';
import type { Clock, Folder, Random } from '../system/ports.ts';

/** What a run needs of the outside. */
export interface RunPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly output: Folder;
  readonly baselines: BaselineSource | undefined;
  readonly update: BaselineUpdate;
  readonly comparer: Comparer;
  /** For the report page. */
  readonly thumbnails: ThumbnailMaker;
  readonly progress: Progress;
  /** Asks pages without a browser. */
  readonly pages: Pick<PageChecker, 'check' | 'wake'>;
  /**
   * Makes the service ready: a client for the hosted one, or the built-in engine started and a client for that. `browsers`: what
   * the baselines tell of those that are compared.
   */
  openService(browsers: BaselineBrowsers): Promise<CaptureService>;
  /** Makes the built-in engine ready with a build of Chrome. */
  openEarlier(version: string, browsers: BaselineBrowsers): Promise<CaptureService>;
}

/** What this job captures, and how long that is expected to take, by id. */
export interface CaptureTask extends Inputs {
  readonly expectedDurationMs: ReadonlyMap<string, number>;
  /** The account's limit as an earlier run has met it. */
  readonly knownLimit: AccountLimit | undefined;
}

export interface CaptureService extends AsyncDisposable {
  readonly client: Pick<CaptureClient, 'render' | 'send'>;
  readonly billing: PolicyOptions['billing'];
  /** Signs in, before anything is captured; why that failed. Absent: nobody has to. */
  readonly signIn?: (signal: AbortSignal) => Promise<Failure | undefined>;
  /** Captures at once, where it is known: more would only be refused. */
  readonly capacity?: number;
  /** What is known of the browser behind it. */
  readonly environment: Pick<RunEnvironment, 'browser' | 'platform'>;
  /** The browser, where it was downloaded. */
  readonly downloaded?: DownloadedBrowser;
}

/** Facts about the invocation that the report tells. */
export interface RunAbout {
  readonly fork: boolean;
  readonly ci?: NonNullable<RunReport['ci']>;
  /** The captured commit, where it is known. */
  readonly commit?: string;
  /** The pull requests that it belongs to. */
  readonly pullRequests?: readonly number[];
  /** The commit that is checked out, where that is not the captured one and its baselines are compared with. */
  readonly checkout?: NonNullable<RunReport['checkout']>;
  /** What tells the build of the awaited preview from other ones, as a hash, where something does. */
  readonly build?: string;
  readonly versions: RunReport['versions'];
}
