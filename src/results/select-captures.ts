import picomatch from 'picomatch';

/** Captures that somebody names, and the words that name none. */
export interface SelectedCaptures<Item> {
  /** In the order of the captures, each once. */
  readonly selected: readonly Item[];
  readonly unknown: readonly string[];
}

/**
 * The captures that the words name: by id (`pricing/1280x800`), by target, which means all of its viewports
 * (`pricing`), or by a glob over either (`docs/*`). Without words: all of them.
 */
export function selectCaptures<Item extends { readonly id: string; readonly name: string }>(
  captures: readonly Item[],
  words: readonly string[],
): SelectedCaptures<Item> {
  if (words.length === 0) {
    return { selected: captures, unknown: [] };
  }
  const tests = words.map((word) => ({ word, names: namedBy(word) }));
  return {
    selected: captures.filter((capture) => tests.some(({ names }) => names(capture))),
    unknown: tests.filter(({ names }) => !captures.some(names)).map(({ word }) => word),
  };
}

function namedBy(word: string): (capture: { readonly id: string; readonly name: string }) => boolean {
  // A name may hold what would be special in a glob, so the word itself is looked for first.
  const glob = picomatch(word, { dot: true, nonegate: true });
  return ({ id, name }) => id === word || name === word || glob(id) || glob(name);
}
