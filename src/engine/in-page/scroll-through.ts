import type { PageDocument, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;

export interface ScrollOptions {
  /** How far down at most, in CSS pixels. */
  readonly maxPx: number;
  readonly maxMs: number;
}

/**
 * Runs in the page, so it refers to nothing outside itself. Shows the page screen by screen, so that what is loaded
 * when it comes into view begins to load, then goes back to the top. A page that grows on the way is followed as long
 * as it grows faster than it is scrolled.
 */
export async function scrollThrough({ maxPx, maxMs }: ScrollOptions): Promise<void> {
  // One frame is enough: observers of what is visible are told between two frames.
  const show = (top: number): Promise<void> => {
    window.scrollTo({ left: 0, top, behavior: 'instant' });
    return new Promise((resolve) => window.requestAnimationFrame(() => resolve()));
  };
  const endMs = performance.now() + maxMs;
  for (let top = window.innerHeight; top < Math.min(document.documentElement.scrollHeight, maxPx); top += window.innerHeight) {
    if (performance.now() > endMs) {
      break;
    }
    await show(top);
  }
  await show(0);
}
