/** One locale for all machines: two runs must list the same names in the same order. */
const collator = new Intl.Collator('en', { numeric: true });

/** Orders names as a person counts, `page-2` before `page-10`; to be given to `sort`. 0 for equal names alone. */
export function compareNames(one: string, other: string): number {
  const order = collator.compare(one, other);
  if (order !== 0 || one === other) {
    return order;
  }
  // Names that the locale takes for the same, such as `page-1` and `page-01`, have an order all the same.
  return one < other ? -1 : 1;
}
