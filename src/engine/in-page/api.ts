import type { Point, Rect, Size } from '../../basics/geometry.ts';
import type { ErrorPageFacts } from '../../results/page-facts.ts';
import type { ErrorPageRow } from '../error-pages.ts';

/**
 * What can be asked of a frame. The functions run in the frame, in a world of their own that the page's scripts cannot
 * reach (src/engine/in-page, bundled as text); they answer at once, but for `nextFrame`. Lengths in CSS pixels.
 */
export interface InPage {
  /** What of the frame has not arrived yet, beyond what the network tells. */
  findOpen(): OpenContent;
  /** Resolves when the next frame was drawn and observers of what is visible were told. */
  nextFrame(): Promise<void>;
  /** Ends what moves by the animation clock; whether something did, so that the page may have begun another. */
  stopMotion(): boolean;
  /** Puts videos at their start; whether all are there. */
  rewindVideos(): boolean;
  findElement(selector: string): FoundElement;
  /** Where the element stands, without scrolling. */
  findStanding(selector: string): LocatedElement;
  /** Where the element of a step stands in the window, into which it is scrolled; closest to its top with `start`. */
  locate(selector: string, block: 'nearest' | 'start'): LocatedElement;
  /** The same, and whether a click at its middle would reach it. */
  locateForPointer(selector: string): LocatedElement | CoveredElement;
  /** Gives it the focus; what kept it from that. */
  focus(selector: string): StepRefusal | undefined;
  /** Focuses a field with all of its content selected, so that what is typed takes its place, or fills it where nobody types. */
  beginFill(selector: string, text: string): 'type' | 'clear' | 'done' | StepRefusal;
  /** Chooses the option with the value or the words. */
  selectOption(selector: string, value: string): StepRefusal | undefined;
  /** The entries of `localStorage`, and whose they are. */
  readStorage(): { readonly origin: string; readonly entries: Readonly<Record<string, string>> };
  /** Hides, removes and styles; the selector that is none, if one is. */
  dress(dress: Dress): string | undefined;
  /** Where the elements are that the selectors find, in the order of these. */
  measureMasks(selectors: readonly string[]): MeasuredMasks;
  measurePage(): PageMeasure;
  scrollTo(top: number): void;
  /** Makes the element that scrolls in the window's place as tall as its content. */
  growScroller(): GrownScroller;
  /** The same for every scroller around the elements that the selector finds. */
  growAround(selector: string): void;
  /** Notes where fixed and sticky parts are. */
  notePinned(): void;
  /** From now on layout, and what depends on the window's size, is as in a window of the size; may be called again. */
  keepLayoutOf(window: Size): void;
  /** Brings fixed and sticky parts back to where they were noted; whether any had moved. */
  pin(): boolean;
  /** A number that is another one where the layout is another one; fixed and sticky parts do not count. */
  hashLayout(): number;
  /** How much there is to see in a part of the height that is in the window. */
  countDrawn(top: number, bottom: number): number;
  /** The hosts that may have a shadow tree that script cannot look into. */
  closedHosts(): unknown[];
  /** Makes a closed shadow tree known, so that the other functions look into it. */
  addRoot(root: unknown): void;
  /** Whether the document shows nothing at all. */
  isBlank(): boolean;
  /** Text for which the machine has no font. */
  findMissingText(): MissingText;
  /** Draws that text with the font whose bytes are given in base64. */
  drawMissingText(family: string, base64: string): void;
  /** Addresses of visible pictures that could not be shown. */
  brokenImages(): string[];
  /** The error page of a framework that the document shows. */
  findErrorPage(rows: readonly ErrorPageRow[]): ErrorPageFacts | undefined;
}

export interface OpenContent {
  /** Whether the document is still being parsed, or scripts run that wait for its end. */
  readonly parsing: boolean;
  readonly fonts: number;
  /** Visible elements that say that they are loading, e.g. `main#list[aria-busy]`. */
  readonly busy: readonly string[];
  /** How many elements look like a loader, by their class or role. */
  readonly loaders: number;
  /** How many custom elements are not defined. */
  readonly undefinedElements: number;
  /** Addresses of videos whose first picture is not there. */
  readonly videos: readonly string[];
}

export type FoundElement =
  | { readonly kind: 'found'; readonly box: Rect }
  | { readonly kind: 'invalid' | 'missing' }
  /** It is there, and nothing of it is to be seen. `outside`: it lies where the page cannot be scrolled to. */
  | { readonly kind: 'hidden' | 'empty' | 'outside'; readonly matches: number };

export interface MeasuredMasks {
  readonly found: readonly (MaskedElements | 'invalid')[];
  /** The part of the page that a picture of the window shows: its upper left corner, and how much it is enlarged. */
  readonly window: Point & { readonly scale: number };
}

export interface MaskedElements {
  /** How many elements the selector finds, also such as are not to be seen. */
  readonly matches: number;
  /** Of those that are, in whole pixels of the page. */
  readonly boxes: readonly Rect[];
}

/** Boxes and points in CSS pixels of the window. */
export type LocatedElement =
  | { readonly kind: 'located'; readonly box: Rect; readonly point: { readonly x: number; readonly y: number } }
  | { readonly kind: 'disabled' }
  | Exclude<FoundElement, { kind: 'found' }>;

/** `by`: the element that is there instead, e.g. `div#banner`. */
export interface CoveredElement {
  readonly kind: 'covered';
  readonly by: string;
}

/** Why a step cannot be done with an element that is there, as a clause about it, e.g. `is not a field`. */
export interface StepRefusal {
  readonly refused: string;
}

/** What Storybook says of the story that the page shows. */
export type StoryState =
  | { readonly kind: 'rendered' }
  | { readonly kind: 'missing' }
  /** `what`: which part of it, as a clause; `message`: the error, in one line. */
  | { readonly kind: 'failed'; readonly what: string; readonly message: string }
  /** `phase`: as Storybook calls it; undefined: there is no Storybook, or not yet. */
  | { readonly kind: 'waiting'; readonly phase: string | undefined };

export interface MissingText {
  readonly codePoints: readonly number[];
}

export interface PageMeasure {
  /** The part of the page that can be scrolled to: `x` is below 0 where it reaches to the left. */
  readonly page: Rect;
  /** What its layout takes for the window. */
  readonly window: Size;
}

/** What the page is told of its visitor, in its own world and before its scripts. */
export interface Visitor {
  /** The moment that `Date` stands still at, in milliseconds since 1970. */
  readonly clockMs?: number;
  /** From what random numbers are made. */
  readonly random?: string;
  readonly storage?: { readonly origin: string; readonly entries: Readonly<Record<string, string>> };
}

/** What is hidden, taken away and added. */
export interface Dress {
  readonly hide: readonly string[];
  readonly remove: readonly string[];
  readonly css: string;
}

export type GrownScroller =
  | { readonly kind: 'none' }
  | { readonly kind: 'grown' }
  /** e.g. `main#app`. */
  | { readonly kind: 'stays'; readonly element: string };
