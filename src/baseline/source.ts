import type { CaptureOutcome } from '../capture/outcome.ts';
import type { Capture } from '../plan/capture.ts';
import type { AccountLimit, CaptureEnvironment, DownloadedBrowser, MaskedParts, NoisePlace } from '../results/model.ts';
import type { PageFacts } from '../results/page-facts.ts';
import type { BaselineStanding } from './standing.ts';

/** An accepted picture. */
export interface Baseline {
  readonly png: Uint8Array;
  /** What the browser learned about the page, where it was captured in this run. */
  readonly page?: PageFacts;
  /** How it was taken, where the source knows. */
  readonly environment?: CaptureEnvironment;
  /** What moved between its takes, in device pixels; absent: nothing did, or it was taken once. */
  readonly noise?: readonly NoisePlace[];
  /** What the selectors of `mask` cover in it; absent: the source does not know. */
  readonly masks?: readonly MaskedParts[];
  /** When it was last known to be seen, as `YYYY-MM-DD`; told of pictures that are accepted beside others. */
  readonly seen?: string;
  /** How long the request took that brought it, where that is known when it is written. */
  readonly durationMs?: number;
}

/** What captures are compared with. One file per kind of source implements this. */
export interface BaselineSource extends BaselineReader, AsyncDisposable {
  readonly writing: BaselineWriting;
  /** Captures that the run takes itself to have its baselines. Absent: they are there already. */
  readonly counterparts?: Counterparts;
}

export interface BaselineReader {
  /** For people, e.g. `directory visual-baselines`. */
  readonly description: string;
  /** Which baselines these are, where the source keeps more than the newest. */
  readonly standing?: BaselineStanding;
  /** Fetches in one go what will be read of these captures. Absent: everything is at hand. */
  prepare?(ids: readonly string[]): Promise<void>;
  /** How long captures took when their baselines were taken. Absent: the source does not know. */
  durations?(): Promise<BaselineDurations>;
  /** By which browsers baselines were taken. Absent: the source does not know. */
  browsers?(): Promise<BaselineBrowsers>;
  /**
   * The baseline of a capture, or undefined when it has none: its first accepted picture, unless another one is asked for by
   * its number. Throws when it is there but cannot be read.
   */
  read(id: string, number?: number): Promise<Baseline | undefined>;
  /** The numbers of a capture's accepted pictures, in order. Absent: it has one at most. */
  numbers?(id: string): Promise<readonly number[]>;
  /** When pictures that are accepted beside others were seen last. Absent: the source keeps none. */
  seen?(): Promise<readonly SeenPicture[]>;
  /** Pictures of a prepared capture that somebody accepted on a pull request and that are no baselines yet. */
  accepted?(id: string): Promise<readonly Uint8Array[]>;
  /** The ids of all captures that have a baseline, sorted. */
  list(): Promise<readonly string[]>;
  /** How a person names a baseline of a capture, e.g. `visual-baselines/pricing/1280x800.png`; the first unless a number is given. */
  nameOf(id: string, number?: number): string;
}

/** A picture that is accepted beside others, and when it was seen last, as far as its source knows. */
export interface SeenPicture {
  readonly id: string;
  readonly number: number;
  /** `YYYY-MM-DD`. */
  readonly seen: string;
}

/** Whether and how a run gives the source new baselines. */
export type BaselineWriting =
  | { readonly kind: 'writer'; readonly writer: BaselineWriter }
  /** What this run uploads is what later runs are compared with. */
  | { readonly kind: 'upload' }
  /** The run must not or cannot; `reason` completes "… has no effect in this run: ". */
  | { readonly kind: 'read-only'; readonly reason: string };

export interface BaselineWriter {
  /**
   * Makes the picture the baseline, in place of all that the capture has; with a number, of that one among its accepted
   * pictures. @throws UserError when it cannot be written.
   */
  write(id: string, baseline: Baseline, number?: number): Promise<void>;
  /** Notes that one of several accepted pictures was seen, where that is not known yet. */
  see(id: string, number: number): Promise<void>;
  /** Deletes all baselines of a capture. @throws UserError when it cannot be deleted. */
  remove(id: string): Promise<void>;
  /**
   * Called once, at the end: makes what was written last. @throws UserError when it cannot.
   */
  save(learned?: LearnedByRun): Promise<void>;
}

/** What a run tells that writes baselines, besides them. */
export interface LearnedByRun {
  /** Every capture, those without a baseline, or those that the browser changed. */
  readonly wrote?: 'all' | 'missing' | 'browser';
  /** The account's limit as the run has met it. */
  readonly limit?: AccountLimit;
  /** The browser that was downloaded for it. */
  readonly browser?: DownloadedBrowser;
}

/** SHA-256 of the archives of downloaded browsers, by `browserKey`. */
export type KnownBrowsers = ReadonlyMap<string, string>;

/** What a source knows of the browsers that its baselines were taken with. */
export interface BaselineBrowsers {
  /** The browser, e.g. `Chrome 153.0.8010.0`, by the id of the capture. */
  readonly byId: ReadonlyMap<string, string>;
  readonly archives: KnownBrowsers;
}

/** What a source knows of how long captures take. */
export interface BaselineDurations {
  readonly msById: ReadonlyMap<string, number>;
  /** The account's limit, as the run met it that wrote the baselines. */
  readonly limit?: AccountLimit;
  /**
   * Whether every job of a workflow run finds the same. What may change between the starts of two jobs must not decide
   * what each of them captures.
   */
  readonly sameInEveryJob: boolean;
}

/** Baselines that are captured in the same run. */
export interface Counterparts {
  /** The capture that this one is compared with; undefined: it has no counterpart and is not compared. */
  of(capture: Capture): Capture | undefined;
  /** Takes how the counterpart of the capture `id` ended. */
  keep(id: string, outcome: CaptureOutcome): void;
}
