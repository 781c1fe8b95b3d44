import type { PageMeasure } from './api.ts';
import { findAll } from './roots.ts';
import { isPinned } from './tall-window.ts';
import { isShown } from './visible.ts';

export function scrollTo(top: number): void {
  window.scrollTo({ left: 0, top, behavior: 'instant' });
}

export function measurePage(): PageMeasure {
  // In quirks mode the body stands for the window.
  const root = document.scrollingElement ?? document.documentElement;
  const { scrollHeight, clientWidth, clientHeight } = root;
  const scrollWidth = scrollsSideways() ? root.scrollWidth : clientWidth;
  const toTheLeft = getComputedStyle(document.documentElement).direction === 'rtl' ? scrollWidth - clientWidth : 0;
  return {
    page: { x: -toTheLeft, y: 0, width: Math.max(scrollWidth, clientWidth), height: Math.max(scrollHeight, clientHeight) },
    window: { width: clientWidth, height: clientHeight },
  };
}

/** Whether a visitor can see what is wider than the window. Where the root says nothing about that, the body's word counts. */
function scrollsSideways(): boolean {
  const [root, body] = [document.documentElement, document.body].map((element) =>
    element === null ? 'visible' : getComputedStyle(element).overflowX,
  );
  const overflow = root === 'visible' ? body : root;
  return overflow !== 'hidden' && overflow !== 'clip';
}

/** Elements with something of their own to see. */
const telling = 'img, svg, canvas, video, iframe, input, button, textarea, select';

/** Of the grid of points at which it is looked what is there: lines of text are about as high as this. */
const grid = { columns: 5, stepPx: 24 } as const;
/** Hit testing is slow where there are more. */
const mostElements = 20_000;

/** How many points of a part of the page's height, which must be in the window, show something. */
export function countDrawn(top: number, bottom: number): number {
  if (document.getElementsByTagName('*').length > mostElements) {
    return 0;
  }
  let count = 0;
  for (let y = top + grid.stepPx / 2; y < bottom; y += grid.stepPx) {
    for (let column = 0; column < grid.columns; column += 1) {
      const x = ((column + 0.5) * document.documentElement.clientWidth) / grid.columns;
      const element = document.elementFromPoint(x - scrollX, y - scrollY);
      count += element !== null && shows(element) && !isPinned(element) ? 1 : 0;
    }
  }
  return count;
}

function shows(element: Element): boolean {
  return (element.matches(telling) || hasText(element)) && isShown(element);
}

function hasText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
}

/** Whether nothing is to be seen in the document: no text, no picture, no colour. */
export function isBlank(): boolean {
  const { body } = document;
  const isPlain = (element: Element | null): boolean => {
    const { backgroundColor, backgroundImage } =
      element === null ? { backgroundColor: '', backgroundImage: 'none' } : getComputedStyle(element);
    return backgroundImage === 'none' && /^(?:|transparent|rgba\(\d+, \d+, \d+, 0\))$/.test(backgroundColor);
  };
  const isEmpty =
    body === null || (body.innerText.trim() === '' && body.querySelectorAll('*:not(script, style, template)').length === 0);
  return innerWidth >= 50 && innerHeight >= 50 && isEmpty && isPlain(document.documentElement) && isPlain(body);
}

export function brokenImages(): string[] {
  return findAll<HTMLImageElement>('img')
    .filter((image) => image.complete && image.naturalWidth === 0 && image.currentSrc !== '' && isShown(image))
    .map(({ currentSrc }) => currentSrc);
}
