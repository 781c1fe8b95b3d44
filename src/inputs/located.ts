import type { Place, Problem } from './problem.ts';
import type { InputName } from './spec.ts';

/** A value as it was written (text, or what YAML made of it) and where. */
export interface Located<T = unknown> {
  readonly raw: T;
  readonly place: Place;
  /** What was written cannot be told, because of these: the environment lacks a part of it. */
  readonly unknown?: readonly Problem[];
}

export type LocatedInputs = ReadonlyMap<InputName, Located>;

/** A target as it was written. */
export interface LocatedTarget {
  readonly place: Place;
  readonly page: LocatedPage;
  readonly name?: Located<string>;
  readonly settings: LocatedInputs;
}

export type LocatedPage =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'html-file'; readonly path: string }
  /** Its settings are checked all the same. Without a problem, what is wrong with it is noted already. */
  | { readonly kind: 'refused'; readonly problem?: string };
