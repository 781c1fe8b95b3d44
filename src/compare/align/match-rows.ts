/** Rows that are equal in both pictures: `rows` of them, from `baselineTop` and `actualTop` on. */
export interface RowRun {
  readonly baselineTop: number;
  readonly actualTop: number;
  readonly rows: number;
}

interface Range {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** Shorter runs are chance: a rule of one row lies on many pages. */
const shortestRun = 3;

/**
 * Matches rows as a line diff does: equal ends first, then the rows that are unique in both as anchors, the longest
 * sequence of them that is in order in both ("patience diff", Bram Cohen), and the same again between two anchors.
 * O(n log n) for each level of nesting. Rows are told apart by `baseline[y]` and `actual[y]`, their hashes.
 * @returns runs from top to bottom, never crossing each other
 */
export function matchRows(baseline: Uint32Array, actual: Uint32Array): RowRun[] {
  const runs: RowRun[] = [];
  const open: Range[] = [{ a: 0, aEnd: baseline.length, b: 0, bEnd: actual.length }];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const rest = trimEnds(range, baseline, actual, runs);
    const anchors = rest.a < rest.aEnd && rest.b < rest.bEnd ? anchorsOf(rest, baseline, actual) : [];
    let { a, b } = rest;
    for (const anchor of anchors) {
      open.push({ a, aEnd: anchor.a, b, bEnd: anchor.b });
      runs.push({ baselineTop: anchor.a, actualTop: anchor.b, rows: 1 });
      a = anchor.a + 1;
      b = anchor.b + 1;
    }
    if (anchors.length > 0) {
      open.push({ a, aEnd: rest.aEnd, b, bEnd: rest.bEnd });
    }
  }
  return joinRuns(runs).filter(({ rows }) => rows >= shortestRun);
}

/** Takes equal rows off both ends; returns what lies between. */
function trimEnds({ a, aEnd, b, bEnd }: Range, baseline: Uint32Array, actual: Uint32Array, runs: RowRun[]): Range {
  let head = 0;
  const most = Math.min(aEnd - a, bEnd - b);
  while (head < most && baseline[a + head] === actual[b + head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < most - head && baseline[aEnd - 1 - tail] === actual[bEnd - 1 - tail]) {
    tail += 1;
  }
  if (head > 0) {
    runs.push({ baselineTop: a, actualTop: b, rows: head });
  }
  if (tail > 0) {
    runs.push({ baselineTop: aEnd - tail, actualTop: bEnd - tail, rows: tail });
  }
  return { a: a + head, aEnd: aEnd - tail, b: b + head, bEnd: bEnd - tail };
}

interface Anchor {
  readonly a: number;
  readonly b: number;
}

/** Rows that occur once in either range behind the row before them, as many as are in the same order in both. */
function anchorsOf({ a, aEnd, b, bEnd }: Range, baseline: Uint32Array, actual: Uint32Array): Anchor[] {
  const inActual = uniqueRows(actual, b, bEnd);
  const pairs: Anchor[] = [];
  for (const [hash, at] of uniqueRows(baseline, a, aEnd)) {
    const other = inActual.get(hash);
    if (at >= 0 && other !== undefined && other >= 0) {
      pairs.push({ a: at, b: other });
    }
  }
  return longestIncreasing(pairs.sort((one, two) => one.a - two.a));
}

/**
 * Where each row is, from top to bottom; -1 for one that occurs more than once. A row counts together with the one above
 * it: within an area of one colour all rows are alike, but it begins once.
 */
function uniqueRows(hashes: Uint32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let y = from; y < to; y++) {
    const pair = (hashes[y - 1] ?? 0) * 0x1_0000 + (hashes[y] as number);
    places.set(pair, places.has(pair) ? -1 : y);
  }
  return places;
}

/** The longest subsequence whose `b` increases, by patience sorting. */
function longestIncreasing(pairs: readonly Anchor[]): Anchor[] {
  interface Card {
    readonly pair: Anchor;
    readonly before: Card | undefined;
  }
  const tops: Card[] = [];
  for (const pair of pairs) {
    let low = 0;
    for (let high = tops.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.pair.b ?? 0) < pair.b) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    tops[low] = { pair, before: tops[low - 1] };
  }
  const longest: Anchor[] = [];
  for (let card = tops.at(-1); card !== undefined; card = card.before) {
    longest.push(card.pair);
  }
  return longest.reverse();
}

/** Runs in order, those that follow each other at once as one. */
function joinRuns(runs: RowRun[]): RowRun[] {
  const joined: RowRun[] = [];
  for (const run of runs.sort((one, two) => one.baselineTop - two.baselineTop)) {
    const last = joined.at(-1);
    const follows =
      last !== undefined && last.baselineTop + last.rows === run.baselineTop && last.actualTop + last.rows === run.actualTop;
    if (follows) {
      joined[joined.length - 1] = { ...last, rows: last.rows + run.rows };
    } else {
      joined.push(run);
    }
  }
  return joined;
}
