import { formatPlural } from '../../basics/format.ts';
import type { Size } from '../../basics/geometry.ts';
import { oneLine } from '../../basics/text.ts';

/** A table; the cells are markdown already. Alignments are `:--` or `--:`. */
export function table(head: readonly string[], alignment: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A part that is folded away under its summary; both are markdown or HTML already. */
export function details(summary: string, blocks: readonly string[]): string {
  return [`<details><summary>${summary}</summary>`, ...blocks, '</details>'].join('\n\n');
}

/** Says what the size limit left out and where it is to be read; nothing when nothing was. */
export function leftOut(count: number, noun: string): string[] {
  return count > 0 ? [`_${formatPlural(count, noun)} left out here for size: read them in report.html._`] : [];
}

/** A picture that leads to `target` when it is clicked. HTML, because markdown's own form knows no width. */
export function linkedImage(url: string, { width }: Size, alt: string, target: string): string {
  return `<a href="${attribute(target)}"><img src="${attribute(url)}" width="${width}" alt="${attribute(alt)}"></a>`;
}

/** Text from outside for an attribute in quotes: nothing in it can end the attribute or be taken as markdown. */
function attribute(text: string): string {
  return oneLine(text).replace(/[&<>"'`\\*_[\]|~$@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
