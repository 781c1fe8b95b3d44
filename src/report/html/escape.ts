import { neutralize } from '../../basics/text.ts';

/** Markup that is safe to put into a page: made by `html` alone. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** A template for markup: every value is escaped, as text or as a quoted attribute, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  return new Html(
    String.raw({ raw: parts }, ...values.map((value) => (value instanceof Html ? value.toString() : escapeHtml(String(value))))),
  );
}

export function join(pieces: readonly Html[]): Html {
  return new Html(pieces.join(''));
}

/** For text and for attributes in double or single quotes. */
export function escapeHtml(text: string): string {
  return neutralize(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
