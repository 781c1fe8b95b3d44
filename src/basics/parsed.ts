/** A value that was understood, or what is wrong with it (a phrase that goes after "the input's name": "must …"). */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };
