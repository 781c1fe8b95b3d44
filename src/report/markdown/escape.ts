import { oneLine, shorten } from '../../basics/text.ts';

/**
 * Text from outside for GitHub's markdown, on one line: shown as it is, whether in a paragraph, a table cell or a
 * list. References are written as numbers (`&#42;`), since CommonMark never takes a character reference as markup
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references). Mentions of people and issues, and
 * addresses of mail, are found later, in the rendered text, so a zero-width space parts those.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[&<>"'\\`*_[\]|~$!{}]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^(?:[-+=]|#(?=#{0,5}(?: |$))|\d+(?=[.)]))/, blockMark)
    .replace(/@(?=\w)/g, '@&#8203;')
    .replaceAll('@', '&#64;')
    .replace(/(?<!&)#(?=\d)/g, '#&#8203;')
    .replace(/\bGH-(?=\d)/gi, '$&&#8203;')
    .replace(/:(?=\/\/|[\w+-]+:)/g, '&#58;')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}

/** What would begin a list, a heading or a rule at the head of a line; of a number, what follows it. */
function blockMark(mark: string): string {
  return /^\d/.test(mark) ? `${mark}&#8203;` : `&#${mark.charCodeAt(0)};`;
}

/** The same in a code font. HTML, not backticks: those cannot hold every text, least of all in a table. */
export function code(text: string, maxLength = 120): string {
  return `<code>${escapeMarkdown(shorten(oneLine(text), maxLength))}</code>`;
}

/** A link whose address is an http(s) URL; anything else stays plain text. */
export function link(label: string, url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:') {
    return escapeMarkdown(label);
  }
  return `[${escapeMarkdown(label)}](${parsed.href.replace(/[()<>\\|\s]/g, (character) => encodeURIComponent(character).replace('(', '%28').replace(')', '%29'))})`;
}
