import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "threshold"?` when a known word is close enough to be a slip of the keyboard, else a list of them all. */
export function suggestKnown(word: string, known: readonly string[]): string {
  const nearest = closest(word, known);
  const tolerance = Math.max(2, Math.floor(word.length / 3));
  return known.length > 0 && distance(word, nearest) <= tolerance ? `Did you mean "${nearest}"?` : `Known: ${known.join(', ')}.`;
}
