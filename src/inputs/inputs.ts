import type { PageHeaders } from '../address/page-headers.ts';
import type { Pace } from '../basics/pace.ts';
import type { Failure } from '../errors/failure.ts';
import type { BrowserChoice } from '../plan/browser.ts';
import type { Capture } from '../plan/capture.ts';
import type { DiscoverChoice, Discovery } from '../plan/discovery.ts';
import type { PageSettings } from '../plan/page-settings.ts';
import type { Shard } from '../plan/shard.ts';
import type { Login } from '../plan/step.ts';
import type { CaptureStatus } from '../results/model.ts';
import type { ServiceName } from '../services/registry.ts';
import type { DeploymentChoice } from './deployment.ts';

/** Where results go and what they mean, read and checked: what also those modes need that capture nothing. */
export interface Settings {
  readonly failOn: readonly CaptureStatus[];
  /** Folder for everything that is written, as the user gave it. */
  readonly output: string;
  readonly artifact: ArtifactChoice;
  /** The input as it was written, without what a shard adds to it. */
  readonly artifactName: string;
  readonly comment: CommentChoice;
  /** The captured commit is given a status, under a name that follows from `comment.key`. */
  readonly status: boolean;
  /** The captured commit, where somebody said which one it is. */
  readonly commit?: string;
}

/** What a run is asked to do, read and checked. */
export interface Inputs extends Settings {
  /** Of the whole run, also where this job takes a share only. */
  readonly captures: readonly Capture[];
  /** This job's share; absent: all of it. */
  readonly shard?: Shard;
  /** The preview that relative targets are joined to. */
  readonly base?: URL;
  /** What is to be found besides the listed targets. */
  readonly discover?: DiscoverChoice;
  /** What was found; absent: nobody has looked yet. */
  readonly discovery?: Discovery;
  /** That is a deployment, which is looked for and waited for. */
  readonly deployment?: DeploymentChoice;
  /** Why there is no preview to capture, where a deployment was waited for in vain. */
  readonly unavailable?: Failure;
  readonly engine: EngineChoice;
  /** The name of the secret behind `api-key`, where the workflow file tells it. */
  readonly apiKeySecret?: string;
  readonly pace: Pace;
  readonly baseline: BaselineChoice;
  /** `browser`: what the browser alone has changed. */
  readonly updateBaselines: 'none' | 'missing' | 'browser' | 'all';
  /** With `updateBaselines: 'all'`: baselines that no target has are deleted. */
  readonly prune: boolean;
  /** How often a differing capture is taken again. */
  readonly retakes: number;
  /** How often a page is taken when its picture becomes a baseline. */
  readonly baselineTakes: number;
  /** Opens protected previews; only for their own origin. */
  readonly pageHeaders: PageHeaders;
  /** Done once, before anything is captured. */
  readonly login?: Login;
  /** What the run types, stores and sends as cookies, and nobody may be shown. */
  readonly writtenSecrets: readonly string[];
  readonly allowEmpty: boolean;
  /** What the service is asked for without documenting it. */
  readonly undocumentedOptions: readonly UsedOption[];
}

/** An option that some capture uses. */
export interface UsedOption {
  readonly key: keyof PageSettings;
  /** As people call it, with its line: `hide (visual-capture.yml:4)`. */
  readonly shown: string;
}

export type EngineChoice =
  /** A hosted service. */
  | {
      readonly kind: ServiceName;
      readonly apiUrl: URL;
      readonly apiKey: string;
      /** Inputs that were set and mean nothing to a service. */
      readonly withoutEffect?: readonly string[];
    }
  | {
      readonly kind: 'local';
      readonly browser: BrowserChoice;
      /** Untrusted certificates of this machine and of `baseHost` are taken. Absent: none are. */
      readonly acceptCertificates?: { readonly baseHost: string | undefined };
    };

export type BaselineChoice =
  | { readonly kind: 'directory'; readonly directory: string }
  /** Without a name: the ref of the base branch. */
  | { readonly kind: 'ref'; readonly ref?: string }
  /** The artifact of an earlier run, by its name. */
  | { readonly kind: 'artifact'; readonly name: string }
  /** Another deployment, captured beside the preview. */
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'none' };

export type ArtifactChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'upload'; readonly name: string; readonly retentionDays?: number };

/** When to comment on the pull request, and which of its comments is ours. */
export interface CommentChoice {
  readonly when: 'auto' | 'always' | 'never';
  readonly key: string;
}
