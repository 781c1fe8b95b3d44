import type { Rect } from '../basics/geometry.ts';
import type { DiscoverySource } from './discovery.ts';
import type { PageSettings } from './page-settings.ts';

/** A window size. `scale` is the device scale factor: device pixels per CSS pixel. Width and height in CSS pixels. */
export interface Viewport {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Where a person wrote something. `line` counts from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** What is looked at: a page by its absolute URL, or a document given as text. */
export type Page = { readonly kind: 'url'; readonly url: string } | { readonly kind: 'html'; readonly html: string };

export const waitUntilValues = ['load', 'domcontentloaded', 'networkidle0', 'networkidle2'] as const;
export type WaitUntil = (typeof waitUntilValues)[number];

export type ImageFormat = 'png' | 'jpeg';

/** How a page is captured. Only what the user set is there, so only that is sent. */
export interface CaptureSettings {
  readonly fullPage?: boolean;
  readonly waitUntil?: WaitUntil;
  readonly selector?: string;
  readonly format: ImageFormat;
  /** 1 to 100, jpeg only. */
  readonly quality?: number;
  /** How the page is to look; absent: as it is. */
  readonly page?: PageSettings;
  /** Further fields merged into the request's body, last. */
  readonly apiOptions?: Readonly<Record<string, unknown>>;
}

/** How a capture is compared with its baseline. */
export interface CompareSettings {
  /** pixelmatch's colour threshold, 0 to 1. */
  readonly threshold: number;
  readonly includeAntiAliasing: boolean;
  /** Most differing pixels that still count as unchanged. Both allowances set: the stricter counts. */
  readonly maxDiffPixels?: number;
  /** Most differing pixels as a share of the compared ones, 0 to 1. */
  readonly maxDiffRatio?: number;
  /**
   * A plain area whose colour changed by less than the threshold is told, and with `fail` its pixels count as differing.
   * Absent: nobody looks.
   */
  readonly shades?: 'warn' | 'fail';
  /** Never compared, in CSS pixels. */
  readonly mask: readonly Rect[];
}

/** One target at one viewport: the unit that is captured, compared and reported. */
export interface Capture {
  /** `<name>/<viewport name>`, unique in a run and safe as a path. */
  readonly id: string;
  readonly name: string;
  readonly viewport: Viewport;
  readonly page: Page;
  /** The same page at `baseline-url`, where that is set, the page is one of the preview's and the picture can be compared. */
  readonly baselineUrl?: string;
  /** The line that names the target, where there is one. */
  readonly source?: Source;
  /** The line that `mask` stands in, where there is one. */
  readonly maskSource?: Source;
  readonly settings: CaptureSettings;
  readonly compare: CompareSettings;
  /** Absent: nobody looks whether it is the page that is meant. */
  readonly pageCheck?: PageCheck;
  /** Absent: somebody listed its target. */
  readonly foundBy?: DiscoverySource;
}

/** What becomes of a page that may not be the one that is meant. */
export interface PageCheck {
  readonly mode: 'warn' | 'fail';
  /** The status that it answers with; absent: that of a usual page. */
  readonly expectStatus?: number;
}

/** The addresses that are asked for a capture: its own and that of its counterpart. */
export function urlsOf({ page, baselineUrl }: Pick<Capture, 'page' | 'baselineUrl'>): string[] {
  return [page.kind === 'url' ? page.url : undefined, baselineUrl].filter((url) => url !== undefined);
}
