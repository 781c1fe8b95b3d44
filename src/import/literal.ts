/**
 * What stands in a configuration, read without running it. `line` counts from 1. `computed`: only running it would tell,
 * and other people's programs are not run.
 */
export type Literal = { readonly line: number } & (
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'null' }
  | { readonly kind: 'list'; readonly items: readonly Literal[] }
  | LiteralRecord
  | { readonly kind: 'computed' }
);

export interface LiteralRecord {
  readonly kind: 'record';
  readonly line: number;
  readonly fields: ReadonlyMap<string, Literal>;
  /** Fields may be missing that are spread into it from something that is computed. */
  readonly isPartial: boolean;
}

/** A field; undefined where there is none, or where it is `null` or `undefined`. */
export function field(record: LiteralRecord | undefined, key: string): Literal | undefined {
  const found = record?.fields.get(key);
  return found?.kind === 'null' ? undefined : found;
}

/** Its items, where it is a list; one that stands alone counts as a list of itself. */
export function itemsOf(value: Literal | undefined): readonly Literal[] {
  if (value === undefined) {
    return [];
  }
  return value.kind === 'list' ? value.items : [value];
}

export function textOf(value: Literal | undefined): string | undefined {
  return value?.kind === 'text' ? value.value : undefined;
}

export function numberOf(value: Literal | undefined): number | undefined {
  return value?.kind === 'number' && Number.isFinite(value.value) ? value.value : undefined;
}

export function recordOf(value: Literal | undefined): LiteralRecord | undefined {
  return value?.kind === 'record' ? value : undefined;
}

/** Texts of a list, or the one that stands alone; what is none is left out. */
export function textsOf(value: Literal | undefined): string[] {
  return itemsOf(value).flatMap((item) => (item.kind === 'text' && item.value !== '' ? [item.value] : []));
}
