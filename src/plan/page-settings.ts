/** Most things that one target may mask, and most boxes that are told of one picture: each row of a picture is looked up among them. */
export const mostMasks = 1_000;

import type { Step } from './step.ts';

/** How a page looks when it is captured: what the user set, and nothing else. */
export interface PageSettings {
  /** CSS selectors of what is made invisible; its space stays. */
  readonly hide?: readonly string[];
  /** CSS selectors of what is taken out of the layout. */
  readonly remove?: readonly string[];
  /** CSS selectors of what is never compared; the engine tells their boxes beside the picture, which stays as it is. */
  readonly maskSelectors?: readonly string[];
  /** CSS that is added to the page. */
  readonly style?: string;
  /** CSS selectors that are waited for until each finds something visible. */
  readonly waitFor?: readonly string[];
  /** Waited after everything else. */
  readonly delayMs?: number;
  /** `light` is what pages see when it is not set. */
  readonly colorScheme?: ColorScheme;
  /** A BCP 47 language tag, e.g. `de-DE`. */
  readonly locale?: string;
  /** A name of the IANA time zone database, e.g. `Europe/Berlin`. */
  readonly timezone?: string;
  readonly userAgent?: string;
  /** The browser heeds `<meta name=viewport>`, as those of phones do. */
  readonly mobile?: boolean;
  readonly touch?: boolean;
  /** Whether the visitor prefers reduced motion. */
  readonly reducedMotion?: boolean;
  /** The moment that `Date` stands still at, in milliseconds since 1970-01-01T00:00Z. */
  readonly clockMs?: number;
  /** From what the page's random numbers are made. */
  readonly random?: string;
  readonly cookies?: readonly Cookie[];
  /** Entries of `localStorage`. */
  readonly storage?: Readonly<Record<string, string>>;
  /** The id of the story that Storybook is to have rendered, its play function done. */
  readonly story?: string;
  /** Done in order, once the page is there and before its picture. */
  readonly steps?: readonly Step[];
}

export const colorSchemes = ['light', 'dark'] as const;
export type ColorScheme = (typeof colorSchemes)[number];

/** Sent to one origin, that of `base-url`. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}
