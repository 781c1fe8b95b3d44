import type { PageDocument, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;

/** Runs in the page, so it refers to nothing outside itself. The place of an element, or of the whole page, in CSS pixels of the page. */
export function measure(selector: string | undefined): { x: number; y: number; width: number; height: number } {
  if (selector === undefined) {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return { x: 0, y: 0, width: Math.max(scrollWidth, window.innerWidth), height: Math.max(scrollHeight, window.innerHeight) };
  }
  const box = document.querySelector(selector)?.getBoundingClientRect() ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: box.x + window.scrollX, y: box.y + window.scrollY, width: box.width, height: box.height };
}
