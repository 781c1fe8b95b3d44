import type { MissingText } from './api.ts';
import { allRoots } from './roots.ts';
import { isShown } from './visible.ts';

/** Text that every machine can show is not looked at; marks and blanks show nothing by themselves. */
const familiar = /^(?:[ -\u052f\u1e00-\u206f]|\p{Cc}|\p{Cf}|\p{Z}|\p{M})$/u;
const unfamiliarSomewhere = /[^\s -\u052f\u1e00-\u206f]/;
/** No font has it, so it is drawn as what is missing is drawn. */
const noCharacter = '\u0378';
const sizePx = 24;
/** So many different characters are looked at. */
const mostCharacters = 2000;

// In a document of SVG or XML `createElement` would make no element of HTML.
const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas') as HTMLCanvasElement;
const context = canvas.getContext('2d', { willReadFrequently: true });
/** Whether a machine shows it, by font and character. */
const known = new Map<string, boolean>();

/** Characters for which the machine has no font, and the elements that have them. */
const elements = new Map<HTMLElement, Set<string>>();

export function findMissingText(): MissingText {
  elements.clear();
  const missing = new Set<string>();
  for (const { element, text } of unfamiliarTexts()) {
    const font = getComputedStyle(element).fontFamily;
    for (const char of [...new Set(text)].filter((one) => !familiar.test(one))) {
      if (known.size < mostCharacters && !isDrawn(char, font)) {
        missing.add(char);
        elements.set(element, (elements.get(element) ?? new Set()).add(char));
      }
    }
  }
  return { codePoints: [...missing].map((char) => char.codePointAt(0) ?? 0) };
}

/** Lets the font, whose bytes are given in base64, draw what was found missing. */
export function drawMissingText(family: string, base64: string): void {
  const face = new FontFace(
    family,
    Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
  );
  document.fonts.add(face);
  face.load().catch(() => undefined);
  for (const element of elements.keys()) {
    const { fontFamily } = getComputedStyle(element);
    if (!fontFamily.includes(family)) {
      element.style.setProperty('font-family', `${fontFamily}, ${family}`, 'important');
    }
  }
  // What was missing is drawn from now on.
  known.clear();
}

function unfamiliarTexts(): { element: HTMLElement; text: string }[] {
  return allRoots().flatMap((root) => {
    const found: { element: HTMLElement; text: string }[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent ?? '';
      if (element instanceof HTMLElement && unfamiliarSomewhere.test(text) && isShown(element)) {
        found.push({ element, text });
      }
    }
    return found;
  });
}

function isDrawn(char: string, font: string): boolean {
  const key = `${font}\n${char}`;
  const drawn = known.get(key) ?? draw(char, font) !== draw(noCharacter, font);
  known.set(key, drawn);
  return drawn;
}

function draw(char: string, font: string): string {
  if (context === null) {
    return '';
  }
  context.canvas.width = sizePx * 2;
  context.canvas.height = sizePx * 2;
  context.font = `${sizePx}px ${font}`;
  context.fillText(char, sizePx / 2, sizePx * 1.5);
  return context.getImageData(0, 0, sizePx * 2, sizePx * 2).data.join();
}
