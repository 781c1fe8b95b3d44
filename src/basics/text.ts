/** Text from outside (names, URLs, messages of a service) before it is escaped for where it goes. */

/**
 * Characters that act instead of being shown: control characters but for tab and newline, the marks that turn the
 * direction of writing (https://trojansource.codes), separators that break lines, and lone surrogates.
 */
const acting = /(?![\t\n])\p{Cc}|[\p{Bidi_Control}\u2028\u2029\ufeff]|\p{Surrogate}/gu;

/** Spells acting characters out, e.g. ESC as `\u001b`, so that a person sees them and nothing obeys them. */
export function neutralize(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Neutralised for a terminal, but for the colours and weights that our own reports are written in. */
export function neutralizeForTerminal(text: string): string {
  // Every second part is a sequence as it was found.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what such a sequence begins with.
  const parts = text.split(/(\u{1b}\[(?:1|2|22|3[1-9])m)/u);
  return parts.map((part, at) => (at % 2 === 1 ? part : neutralize(part))).join('');
}

/** Neutralised, on one line. */
export function oneLine(text: string): string {
  return neutralize(text).replace(/\s+/g, ' ').trim();
}

/** At most `maxLength` characters: what is too long loses its middle, since names differ at both ends. */
export function shorten(text: string, maxLength: number): string {
  const characters = [...text];
  if (characters.length <= maxLength) {
    return text;
  }
  const head = Math.ceil((maxLength - 1) / 2);
  const tail = maxLength - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** The same text with a capital at its beginning. */
export function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
