import { closest, distance } from 'fastest-levenshtein';

/** Most words that are listed in a sentence; beyond, the few nearest stand for them. */
const mostListed = 8;

/** The known word that is close enough to be meant: a slip of the keyboard away. */
export function nearestKnown(word: string, known: readonly string[]): string | undefined {
  const nearest = known.length === 0 ? undefined : closest(word, known);
  const tolerance = Math.max(2, Math.floor(word.length / 3));
  return nearest !== undefined && distance(word, nearest) <= tolerance ? nearest : undefined;
}

/**
 * `Did you mean "threshold"?` when a known word is close enough, else the list of them all, or of a long one the
 * nearest and where the others are listed.
 */
export function suggestKnown(word: string, known: readonly string[], listedIn: string): string {
  const meant = nearestKnown(word, known);
  if (meant !== undefined) {
    return `Did you mean "${meant}"?`;
  }
  return known.length <= mostListed
    ? `Known: ${known.join(', ')}.`
    : `Nearest: ${nearestFirst(word, known).slice(0, 3).join(', ')}. ${listedIn} lists all.`;
}

/** By the share of letters that differ, so that short words are not near to everything. */
function nearestFirst(word: string, known: readonly string[]): string[] {
  const away = new Map(known.map((one) => [one, distance(word, one) / Math.max(word.length, one.length)]));
  return known.toSorted((a, b) => (away.get(a) ?? 0) - (away.get(b) ?? 0));
}
