import { isRecord } from '../basics/record.ts';
import type { PageFacts } from '../results/page-facts.ts';
import { cleanText } from './clean-text.ts';

/** As long as the shape of the facts allows. */
const maxLength = 300;

/**
 * The facts with every text in one printable line without secrets: pages write what they like to the console, and
 * addresses carry the tokens that open previews.
 */
export function cleanPageFacts(facts: PageFacts | undefined, secrets: readonly string[]): PageFacts | undefined {
  // The same fields and kinds, with other words in them.
  return clean(facts, secrets) as PageFacts | undefined;
}

function clean(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    return cleanText(value, { maxLength, secrets });
  }
  if (Array.isArray(value)) {
    return value.map((one) => clean(one, secrets));
  }
  // A kind is a word of our own, which no secret may change.
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, name === 'kind' ? field : clean(field, secrets)]))
    : value;
}
