import type { PageDocument, PageElement, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;

export interface FindOptions {
  readonly selector: string;
  /** How long to wait for the element to come and to have a size. */
  readonly maxWaitMs: number;
}

export type FindResult = 'found' | 'invalid' | 'missing' | 'without size';

/**
 * Runs in the page, so it refers to nothing outside itself. Waits for an element that can be captured and shows it
 * once, so that what is loaded when it comes into view begins to load; then goes back to the top.
 */
export async function findElement({ selector, maxWaitMs }: FindOptions): Promise<FindResult> {
  const nextFrame = (): Promise<void> => new Promise((resolve) => window.requestAnimationFrame(() => resolve()));
  const hasSize = (element: PageElement): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const endMs = performance.now() + maxWaitMs;
  for (;;) {
    let element: PageElement | null;
    try {
      element = document.querySelector(selector);
    } catch {
      return 'invalid';
    }
    if (element !== null && hasSize(element)) {
      element.scrollIntoView({ behavior: 'instant' });
      await nextFrame();
      window.scrollTo({ left: 0, top: 0, behavior: 'instant' });
      return 'found';
    }
    if (performance.now() > endMs) {
      return element === null ? 'missing' : 'without size';
    }
    await nextFrame();
  }
}
