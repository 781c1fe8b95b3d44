import type { Rect, Region, Size } from '../basics/geometry.ts';
import type { ErrorCodeName } from '../errors/codes.ts';
import type { EngineName } from '../services/registry.ts';
import type { Comparison } from './comparison.ts';
import type { PageErrors, PageWarning } from './page-facts.ts';
import type { AlikeChanges, ChangeGroup } from './shared-changes.ts';

export * from './comparison.ts';
export * from './shared-changes.ts';

/**
 * The versioned result of a run, the only thing reporters see. results.json is this, as JSON; the fields that
 * the public contract names keep their names and meaning within a version.
 */
export interface Report {
  readonly version: 1;
  readonly outcome: Outcome;
  readonly totals: Totals;
  readonly service: ServiceTotals;
  readonly captures: readonly CaptureReport[];
  /** Changes that several captures share, the one with most captures first. */
  readonly groups?: readonly ChangeGroup[];
  /** Groups and regions that look like one change and are not the same pixels, the one with most captures first. */
  readonly alike?: readonly AlikeChanges[];
  /** Why the run stopped early, when it did. */
  readonly stopped?: FailureReport;
  readonly run: RunReport;
}

export type Outcome = 'passed' | 'changed' | 'failed';

export const captureStatuses = ['unchanged', 'changed', 'added', 'removed', 'captured', 'failed', 'skipped'] as const;
export type CaptureStatus = (typeof captureStatuses)[number];

/** How many captures ended in each status; `captures` is their sum. */
export type Totals = { readonly captures: number } & { readonly [Status in CaptureStatus]: number };

export interface ServiceTotals {
  /** Requests sent, repeated ones included. */
  readonly requests: number;
  readonly retries: number;
  /** How long the run's gate was shut. */
  readonly heldBackMs: number;
  /** Captures that the service delivered, which is what it bills. 0 for the built-in engine. */
  readonly credits: number;
  /** Requests whose answer was lost, so that they may have been billed for nothing. */
  readonly possiblyBilled: number;
  /** The account's limit as this run has met it; absent: it met none. */
  readonly limit?: AccountLimit;
}

/** So many requests in any time of this length. */
export interface AccountLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface RunReport {
  readonly startedAt: string;
  readonly durationMs: number;
  /** What took the pictures; `files`: they were there already. */
  readonly engine: EngineName | 'files';
  /** What the pictures were compared with, e.g. `directory visual-baselines`. */
  readonly baseline: string;
  /** What the input `baseline` chose; absent where folders were compared. */
  readonly baselineKind?: BaselineKind;
  readonly failOn: readonly CaptureStatus[];
  readonly versions: { readonly visualCapture: string; readonly pixelmatch: string };
  /** Why the run says nothing about the pages although it should, as a sentence; the step fails by it unless `allow-empty` is set. */
  readonly nothingCompared?: { readonly reason: string; readonly allowed: boolean };
  /** Most captures differed and the first that were taken again differed still, so others were taken once. */
  readonly retakesEnded?: RetakesEnded;
  /** Options that the service was shown to honour although it does not document them, e.g. `hide (visual-capture.yml:4)`. */
  readonly triedOptions?: readonly string[];
  /** The browser that was downloaded for the run (`browser`); absent: one of the machine, or that of a service. */
  readonly browser?: DownloadedBrowser;
  /** The CI run this belongs to, where it is known. */
  readonly ci?: CiRun;
  /** The commit whose pages were captured, where it is known. */
  readonly commit?: string;
  /** The pull requests that this commit belongs to, by number. */
  readonly pullRequests?: readonly number[];
  /** The commit that the baselines were taken from, where their source knows it. */
  readonly baselineCommit?: string;
  /** Whose baselines those are, and how they stand to the captured commit; only of sources that keep a history. */
  readonly baselines?: BaselinesReport;
  /**
   * With `baseline: directory`: the commit that is checked out, where it is not the captured one; `ref` is what the workflow
   * would check out instead.
   */
  readonly checkout?: { readonly commit: string; readonly ref?: string };
  /** The share of a run that was split over several jobs; absent: the whole. */
  readonly shard?: ShardReport;
}

/** A build of Chrome, and what it came in. */
export interface DownloadedBrowser {
  /** e.g. `154.0.8100.2`. */
  readonly version: string;
  /** The system that it runs on: `linux x64`. */
  readonly platform: string;
  /** Of the archive, in hex. */
  readonly sha256: string;
}

export interface RetakesEnded {
  /** How many captures were taken again before: each one differed still. */
  readonly sample: number;
  /** How many differing captures were taken once. */
  readonly takenOnce: number;
}

export const baselineKinds = ['directory', 'ref', 'artifact', 'url', 'none'] as const;
export type BaselineKind = (typeof baselineKinds)[number];

export interface CiRun {
  readonly url: string;
  readonly commit: string;
  /** The artifact with these results and their pictures; absent where none was asked for. */
  readonly artifactName?: string;
}

/** How the baselines of `baselineCommit` stand to the captured commit. */
export interface BaselinesReport {
  /** The branch whose baselines they are. */
  readonly branch: string;
  /**
   * `ancestor`: of the captured commit, so what differs is its own. `unrelated`: no ancestor has baselines, so the newest
   * count. `unknown`: nobody could tell.
   */
  readonly relation: 'ancestor' | 'unrelated' | 'unknown';
  /** How many updates of that branch's baselines are newer than these. */
  readonly behind: number;
  /** Ids of the captures whose baselines those updates changed, sorted; absent: the source does not know. */
  readonly changedSince?: readonly string[];
  /** A run that is still under way and will write baselines of a newer ancestor. */
  readonly expected?: { readonly commit: string; readonly url: string };
}

export const judgedByParts = ['rules', 'previews', 'commit', 'baselines', 'browser'] as const;
export type JudgedBy = (typeof judgedByParts)[number];

export interface ShardReport {
  /** Counts from 1. */
  readonly index: number;
  readonly count: number;
  /** What every shard of one run must agree on, each as a hash: verdicts by other rules cannot be joined. */
  readonly judgedBy?: { readonly [Part in JudgedBy]: string };
  /**
   * What tells the build of the awaited preview that was there when this shard began from other builds, as a hash; absent: nothing
   * does. An address that serves all commits of a pull request may have shown another shard another one.
   */
  readonly build?: string;
  /** The ids of every shard's captures, so that a shard that never reports can be named by what it owed. */
  readonly plan: readonly (readonly string[])[];
}

/** What became of a capture; the status says what else is known. */
export type CaptureReport = ComparedCapture | UncomparedCapture | FailedCapture;

/** It was compared with its baseline. */
export interface ComparedCapture extends CaptureFields {
  readonly status: 'unchanged' | 'changed';
  readonly comparison: Comparison;
  /** Which of several accepted pictures it was compared with; absent: it has one. */
  readonly variant?: VariantOfCapture;
  /** The ids of the groups that its regions belong to. */
  readonly groups?: readonly string[];
  readonly error?: undefined;
}

/** One of several accepted pictures of a capture: the one that it equals, or, where it is changed, the nearest. */
export interface VariantOfCapture {
  /** The number of its file: 1 is `<viewport>.png`, 2 is `<viewport>~2.png`. */
  readonly number: number;
  /** How many accepted pictures there are. */
  readonly count: number;
}

/** There was nothing to compare, or nothing to compare it with. */
export interface UncomparedCapture extends CaptureFields {
  readonly status: 'added' | 'removed' | 'captured';
  readonly comparison?: undefined;
  readonly variant?: undefined;
  readonly groups?: undefined;
  readonly error?: undefined;
}

/** There is no verdict, and why. */
export interface FailedCapture extends CaptureFields {
  readonly status: 'failed' | 'skipped';
  readonly error: FailureReport;
  readonly comparison?: undefined;
  readonly variant?: undefined;
  readonly groups?: undefined;
}

/** What every capture tells, whatever became of it. */
export interface CaptureFields {
  readonly id: string;
  readonly name: string;
  readonly viewport: { readonly name: string; readonly width: number; readonly height: number; readonly scale: number };
  /** Absent for html targets and removed captures. */
  readonly url?: string;
  /** Where its baseline was captured in the same run, with `baseline: url`. */
  readonly baselineUrl?: string;
  readonly source?: { readonly file: string; readonly line: number };
  /** The page differed between two takes in one run. */
  readonly unstable: boolean;
  /** Where it did, in device pixels; `diffPixels` are those that differ between the takes. */
  readonly unstableRegions?: readonly UnstableRegion[];
  /** Where the page differed between the takes of its baseline, in device pixels. */
  readonly baselineNoise?: readonly NoisePlace[];
  /** What the selectors of `mask` cover in the picture; the built-in engine alone tells it. */
  readonly masks?: readonly MaskedParts[];
  /** What those of them cover in the baseline, where that is known: it is not compared either. */
  readonly baselineMasks?: readonly MaskedParts[];
  /** Why the picture may not be of the page that is meant. Such a picture never becomes a baseline. */
  readonly pageProblem?: PageProblem;
  /** What a person should know about how the picture was taken; the built-in engine alone tells it. */
  readonly pageWarnings?: readonly PageWarning[];
  /** What went wrong in the page without keeping it from its picture. */
  readonly pageErrors?: PageErrors;
  /** Requests sent for the capture. */
  readonly attempts: number;
  readonly durationMs: number;
  /** How the time went, one entry per request and wait, in order. */
  readonly timeline?: readonly TimelineEntry[];
  /** The picture's size in device pixels, where one was taken. */
  readonly size?: Size;
  /** Paths below the output folder. */
  readonly files: PerFile;
  /** SHA-256 of each of the files, in hex, by which a later step knows them again. */
  readonly sha256?: PerFile;
  /** How the picture was taken, where one was. */
  readonly environment?: CaptureEnvironment;
  /** Where that differs from how the baseline was taken; such a difference alone can explain a changed picture. */
  readonly environmentChanges?: readonly EnvironmentChange[];
  /** There is a baseline, but it was not compared with it: it failed, was not tried, or is a JPEG. */
  readonly hasBaseline?: true;
  /** Compared with a picture that was accepted on a pull request and is no baseline yet. */
  readonly accepted?: true;
  /** The baseline source was given this picture in this run (`update-baselines`). */
  readonly baselineUpdated?: true;
}

/** A place that differs between takes of one page. */
export interface NoisePlace extends Rect {
  /** It differs by less than the threshold, as a shade. */
  readonly shade?: true;
}

export type UnstableRegion = NoisePlace & Region;

/** What a selector of `mask` covers in a picture. */
export interface MaskedParts {
  readonly selector: string;
  /** In whole CSS pixels of the picture; none where the selector matches nothing that is to be seen. */
  readonly boxes: readonly Rect[];
}

/** How a picture was taken. Pictures of two environments may differ although the page is the same. */
export interface CaptureEnvironment {
  readonly engine: EngineName;
  /** e.g. `Chrome 153.0.8016.0`; the hosted service does not tell. */
  readonly browser?: string;
  /** System of the built-in engine, which brings its fonts: `linux x64`. */
  readonly platform?: string;
  /** `WxH@SCALE`: CSS pixels and device scale factor. */
  readonly viewport: string;
  /** What the user set, by input name. `api-options` stand as a hash, since they may hold what is nobody’s business. */
  readonly options: Readonly<Record<string, string>>;
  readonly versions: RunReport['versions'];
}

/** One thing that is not as it was when the baseline was taken, both sides in words. */
export interface EnvironmentChange {
  /** e.g. `browser`, `viewport` or the name of an input. */
  readonly what: string;
  readonly baseline: string;
  readonly actual: string;
}

/** `startMs` counts from the start of the run. */
export type TimelineEntry =
  | {
      readonly kind: 'request';
      readonly startMs: number;
      readonly durationMs: number;
      /** `abandoned`: it hung, so it was sent once more, and the first answer counted. */
      readonly result: 'image' | 'abandoned' | ErrorCodeName;
    }
  | {
      readonly kind: 'wait';
      readonly startMs: number;
      readonly durationMs: number;
      readonly reason: ErrorCodeName | 'concurrency';
    };

/** The pictures of a capture. `aligned`: the difference with both pages laid on each other, where the page moved. */
export const pictureKinds = ['actual', 'baseline', 'diff', 'aligned'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** A text for each file of a capture. */
export type PerFile = { readonly [Kind in PictureKind]?: string } & {
  /** The takes that differ from each other, in the order in which they were taken. */
  readonly takes?: readonly string[];
};

export const pageProblemKinds = [
  'error_status',
  'foreign_redirect',
  'endless_redirect',
  'not_a_page',
  'unreachable',
  'error_page',
  'missing_resource',
  'blank_frame',
  'blank',
] as const;

/** What `page-check` found. */
export interface PageProblem {
  readonly kind: (typeof pageProblemKinds)[number];
  /** A sentence. */
  readonly message: string;
  /** HTTP status of `error_status`. */
  readonly status?: number;
}

export interface FailureReport {
  readonly code: ErrorCodeName;
  readonly status?: number;
  readonly message: string;
  readonly fix: string;
}
