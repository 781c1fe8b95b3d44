/**
 * Undoes the filter of a row in place (PNG specification, section 9).
 * @param row its filter byte, 0 to 4, and the filtered bytes
 * @param above the row before, unfiltered and with its filter byte; zeros for the first one
 * @param distance bytes from a sample to the one of the pixel before, at least 1
 */
export function unfilterRow(row: Uint8Array, above: Uint8Array, distance: number): void {
  const predict = predictors[row[0] ?? 0];
  if (predict === undefined) {
    return;
  }
  for (let at = 1; at < row.length; at++) {
    const hasLeft = at > distance;
    const left = hasLeft ? (row[at - distance] ?? 0) : 0;
    const aboveLeft = hasLeft ? (above[at - distance] ?? 0) : 0;
    row[at] = (row[at] ?? 0) + predict(left, above[at] ?? 0, aboveLeft);
  }
}

/** What each filter type adds, by its number. */
const predictors: readonly (((left: number, above: number, aboveLeft: number) => number) | undefined)[] = [
  undefined,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/** Of the three neighbours the one that is closest to left + above - aboveLeft. */
function paeth(left: number, above: number, aboveLeft: number): number {
  const toLeft = Math.abs(above - aboveLeft);
  const toAbove = Math.abs(left - aboveLeft);
  const toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) {
    return left;
  }
  return toAbove <= toAboveLeft ? above : aboveLeft;
}
