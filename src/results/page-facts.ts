import type { Rect } from '../basics/geometry.ts';
import { defined, isRecord } from '../basics/record.ts';
import type { Source } from '../plan/capture.ts';
import { mostMasks } from '../plan/page-settings.ts';
import { type Fields, integer, list, oneOf, optional, record, type Shape, text, union, WrongShape } from './shape.ts';

/**
 * What the browser learned about a page while it took the picture. The built-in engine alone tells it, in a header of
 * its answer; the hosted service does not.
 */
export interface PageFacts {
  /** The document in the picture; absent where none was asked for over the network (html targets). */
  readonly document?: PageDocumentFacts;
  /** Resources of the page that did not load. */
  readonly failedResources: readonly FailedResource[];
  /** Uncaught exceptions, in the page's words. */
  readonly exceptions: readonly string[];
  /** What the page wrote to the console as an error. */
  readonly consoleErrors: readonly string[];
  /** An error page of a framework, found by its structure. */
  readonly errorPage?: ErrorPageFacts;
  /** Addresses of visible frames that show nothing. */
  readonly blankFrames: readonly string[];
  /** What a person should know about how the picture was taken. */
  readonly warnings: readonly PageWarning[];
  /** What is masked for each selector of the request, in its order, in whole CSS pixels of the picture; absent: none was asked for. */
  readonly masks?: readonly (readonly Rect[])[];
}

/** What of it went wrong in the page without keeping it from its picture. */
export type PageErrors = Pick<PageFacts, 'exceptions' | 'consoleErrors' | 'failedResources'>;

export interface PageDocumentFacts {
  /** After every redirect, also those by script. */
  readonly url: string;
  readonly status: number;
  readonly contentType?: string;
}

export const resourceKinds = ['image', 'stylesheet', 'script', 'font', 'frame', 'media', 'request'] as const;

export interface FailedResource {
  /**
   * `image`: one that the page shows. What only a script asks for, such as a pixel that counts visits, and the icon of the
   * page are a `request`: nobody misses them in the picture.
   */
  readonly kind: (typeof resourceKinds)[number];
  readonly url: string;
  /** An HTTP status, or Chrome's name for the reason such as `net::ERR_CONNECTION_REFUSED`. */
  readonly reason: string;
}

export interface ErrorPageFacts {
  /** Who shows it, e.g. `Next.js`. */
  readonly shownBy: string;
  /** The error in its words, where it was found. */
  readonly message?: string;
}

/** Something about the picture that a person should know. Places in CSS pixels of the picture. */
export type PageWarning =
  /** These had not arrived when the wait for the page ended. */
  | { readonly kind: 'still-loading'; readonly urls: readonly string[] }
  /** These elements still said that they were loading, e.g. `main[aria-busy]`. */
  | { readonly kind: 'still-busy'; readonly elements: readonly string[] }
  /** No two pictures in a row were equal. */
  | { readonly kind: 'still-moving'; readonly places: readonly Rect[] }
  /** What was there while it was scrolled to, and not in the picture, such as rows of a virtual list. */
  | { readonly kind: 'not-drawn'; readonly places: readonly Rect[] }
  /** The page grew while it was scrolled, and was cut. */
  | { readonly kind: 'endless'; readonly heightPx: number }
  /** The page is wider than its window. */
  | { readonly kind: 'wider'; readonly widthPx: number; readonly windowPx: number }
  /** The page scrolls inside an element, and the picture shows only what that element showed. */
  | { readonly kind: 'scrolls-inside'; readonly element: string }
  /** Text for which the machine has no font, by the names of its scripts. */
  | { readonly kind: 'missing-glyphs'; readonly scripts: readonly string[] }
  /** Frames that could not be made to stand still. */
  | { readonly kind: 'not-held'; readonly urls: readonly string[] }
  /** Selectors of `mask` that match nothing. `source`: the line that they stand in, where that is known. */
  | { readonly kind: 'unmatched-masks'; readonly selectors: readonly string[]; readonly source?: Source }
  /** There were so many boxes to be masked that neighbours were joined. */
  | { readonly kind: 'joined-masks'; readonly boxes: number };

export type PageWarningKind = PageWarning['kind'];

/** Bounds of what is told: everything goes through one header. */
const most = { entries: 10, textLength: 300, headerBytes: 8192 } as const;

const words = text(most.textLength);
const few = <T>(item: Shape<T>): Shape<readonly T[]> => list(item, most.entries);
const px = integer(-10_000_000, 10_000_000);
const place = record<Rect>({ x: px, y: px, width: px, height: px });
export const sourceShape = record<Source>({ file: text(1000), line: integer(1, 10_000_000) });
type WarningOf<Kind extends PageWarningKind> = Extract<PageWarning, { kind: Kind }>;

export const pageWarningShape: Shape<PageWarning> = union<PageWarning>({
  'still-loading': record<WarningOf<'still-loading'>>({ kind: oneOf('still-loading'), urls: few(words) }),
  'still-busy': record<WarningOf<'still-busy'>>({ kind: oneOf('still-busy'), elements: few(words) }),
  'still-moving': record<WarningOf<'still-moving'>>({ kind: oneOf('still-moving'), places: few(place) }),
  'not-drawn': record<WarningOf<'not-drawn'>>({ kind: oneOf('not-drawn'), places: few(place) }),
  endless: record<WarningOf<'endless'>>({ kind: oneOf('endless'), heightPx: px }),
  wider: record<WarningOf<'wider'>>({ kind: oneOf('wider'), widthPx: px, windowPx: px }),
  'scrolls-inside': record<WarningOf<'scrolls-inside'>>({ kind: oneOf('scrolls-inside'), element: words }),
  'missing-glyphs': record<WarningOf<'missing-glyphs'>>({ kind: oneOf('missing-glyphs'), scripts: few(words) }),
  'not-held': record<WarningOf<'not-held'>>({ kind: oneOf('not-held'), urls: few(words) }),
  'unmatched-masks': record<WarningOf<'unmatched-masks'>>({
    kind: oneOf('unmatched-masks'),
    selectors: few(words),
    source: optional(sourceShape),
  }),
  'joined-masks': record<WarningOf<'joined-masks'>>({ kind: oneOf('joined-masks'), boxes: integer() }),
});

/** In the header a box is `[x, y, width, height]`: there may be a thousand. */
const shortBox: Shape<Rect> = {
  read: (value, at) => {
    const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = list(px, 4).read(value, at);
    if ([x, y, width, height].some(Number.isNaN)) {
      throw new WrongShape(`${at} must be four numbers`);
    }
    return { x, y, width, height };
  },
  schema: list(px, 4).schema,
};

const pageErrorFields: Fields<PageErrors> = {
  failedResources: few(record<FailedResource>({ kind: oneOf(...resourceKinds), url: words, reason: words })),
  exceptions: few(words),
  consoleErrors: few(words),
};

export const pageErrorsShape: Shape<PageErrors> = record<PageErrors>(pageErrorFields);

export const pageFactsShape: Shape<PageFacts> = record<PageFacts>({
  document: optional(record<PageDocumentFacts>({ url: words, status: integer(100, 999), contentType: optional(words) })),
  ...pageErrorFields,
  errorPage: optional(record<ErrorPageFacts>({ shownBy: words, message: optional(words) })),
  blankFrames: few(words),
  warnings: few(pageWarningShape),
  masks: optional(list(list(shortBox, mostMasks), mostMasks)),
});

/** The header of the built-in engine's answer that carries the facts, as JSON in ASCII. */
export const pageFactsHeader = 'x-visual-capture-page';

/** More than all headers of such an answer together: 8 kB of words, and `mostMasks` boxes of up to 26 bytes. */
export const longestHeadersBytes = 64 * 1024;

/** The facts as the value of that header, cut to what a header may hold; but for the masks, without which a comparison would be another. */
export function renderPageFacts({ masks, ...facts }: PageFacts): string {
  const full = cut(facts) as PageFacts;
  const short = {
    ...full,
    failedResources: full.failedResources.slice(0, 3),
    exceptions: full.exceptions.slice(0, 1),
    consoleErrors: [],
  };
  const told = toAscii(full).length <= most.headerBytes ? full : short;
  return toAscii({
    ...told,
    ...defined({ masks: masks?.map((boxes) => boxes.map(({ x, y, width, height }) => [x, y, width, height])) }),
  });
}

/** Reads that header; undefined: there is none, or it is not of this form. */
export function parsePageFacts(header: string | undefined): PageFacts | undefined {
  try {
    return header === undefined ? undefined : pageFactsShape.read(JSON.parse(header), 'page');
  } catch {
    return undefined;
  }
}

/** Texts and lists of the value at most as long as may be told. */
function cut(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= most.textLength ? value : `${value.slice(0, most.textLength - 1)}…`;
  }
  if (Array.isArray(value)) {
    return value.slice(0, most.entries).map(cut);
  }
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cut(one)])) : value;
}

function toAscii(facts: object): string {
  return JSON.stringify(facts).replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
