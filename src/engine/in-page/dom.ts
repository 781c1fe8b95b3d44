/**
 * The few parts of the DOM that the functions of this folder use. They are sent to the browser as text, while this
 * project is typed for Node alone; the whole DOM as a library would let Node code refer to `window` unnoticed.
 */
export interface PageDocument extends PageRoot {
  readonly documentElement: PageElement & { readonly scrollWidth: number; readonly scrollHeight: number };
  readonly fonts: Iterable<{ readonly status: 'unloaded' | 'loading' | 'loaded' | 'error'; readonly loaded: Promise<unknown> }>;
  readonly timeline: unknown;
}

/** A document or a shadow root. */
export interface PageRoot {
  querySelectorAll(selector: string): Iterable<PageElement>;
  querySelector(selector: string): PageElement | null;
  getAnimations(): PageAnimation[];
  adoptedStyleSheets: unknown[];
}

export interface PageElement {
  readonly shadowRoot: PageRoot | null;
  getBoundingClientRect(): { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  scrollIntoView(options: { behavior: 'instant' }): void;
}

export interface PageImage extends PageElement {
  loading: 'lazy' | 'eager';
  /** Resolves when the picture is loaded and decoded, rejects when it is broken. */
  decode(): Promise<void>;
}

export interface PageMedia extends PageElement {
  currentTime: number;
  readonly readyState: number;
  pause(): void;
  addEventListener(type: 'seeked', listener: () => void, options: { once: true }): void;
}

export interface PageProgress extends PageElement {
  value: number;
}

export interface PageAnimation {
  readonly playState: 'idle' | 'running' | 'paused' | 'finished';
  readonly timeline: unknown;
  /** Throws when it has no end. */
  finish(): void;
  cancel(): void;
}

export interface PageWindow {
  readonly innerWidth: number;
  readonly innerHeight: number;
  readonly scrollX: number;
  readonly scrollY: number;
  scrollTo(options: { left: number; top: number; behavior: 'instant' }): void;
  requestAnimationFrame(callback: () => void): number;
}

/** A style sheet that is made in script, which no Content-Security-Policy forbids. */
export type PageStyleSheet = new () => { replaceSync(css: string): void };
