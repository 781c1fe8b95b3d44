import { rowsOf } from './changed-place.ts';
import { readRuns, runLength } from './row-runs.ts';

/** The end of a region from which on rows are compared with those of others. */
export type RegionEnd = 'top' | 'bottom';

/** The rows of a region as far as they are known from one of its ends. */
export interface RowSequence {
  /** The capture that it is on, as a number: captures are counted, not places. */
  readonly capture: number;
  /** Runs of rows from top to bottom (row-runs.ts). */
  readonly rows: string;
  /** Whether that is all of it. */
  readonly whole: boolean;
}

/** Rows with less to tell them apart are on any page: a rule, a plain bar. */
const fewestRuns = 8;
/** What is lower is nothing that a person would look for. */
const fewestRows = 16;

/** Sequences of the same rows. */
interface Kind {
  readonly rows: string;
  readonly whole: boolean;
  readonly captures: Set<number>;
  cut: number;
  /** Rows that are seen at once by the cut: its own on all captures. */
  seen: number;
}

/**
 * Finds out where what several captures share ends in each sequence: after how many of its runs, 0 for nowhere. Of several such places
 * the one with the most rows on all captures together. Sequences that are shared as a whole are not cut.
 *
 * Sequences are told apart run by run, only while another capture has the same ones, so that what nobody shares costs nothing.
 */
export function findCuts(sequences: readonly RowSequence[], end: RegionEnd): number[] {
  const kinds = new Map<string, Kind>();
  const kindOf = sequences.map(({ capture, rows, whole }) => {
    const key = `${whole ? '' : '…'}${rows}`;
    const kind = kinds.get(key) ?? { rows, whole, captures: new Set(), cut: 0, seen: 0 };
    kinds.set(key, kind);
    kind.captures.add(capture);
    return kind;
  });
  const long = [...kinds.values()].filter(({ rows }) => rows.length >= fewestRuns * runLength);
  const beginning = fewestRuns * runLength;
  const open: Open[] = [
    ...Map.groupBy(long, ({ rows }) => (end === 'top' ? rows.slice(0, beginning) : rows.slice(-beginning))).values(),
  ].map((members) => ({ members, runs: fewestRuns }));
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    open.push(...tellApart(one.members, one.runs, end));
  }
  return kindOf.map(({ cut }) => cut);
}

/** Kinds that begin with the same runs, so many of them. */
interface Open {
  readonly members: readonly Kind[];
  readonly runs: number;
}

/** Notes where these kinds, which begin with the same `runs` runs, may be cut, and returns those that go on alike. */
function tellApart(members: readonly Kind[], runs: number, end: RegionEnd): Open[] {
  const captures = countCaptures(members);
  const [first] = members;
  if (captures < 2 || first === undefined) {
    return [];
  }
  const known = first.rows.length / runLength;
  const beginning = end === 'top' ? first.rows.slice(0, runs * runLength) : first.rows.slice(-runs * runLength);
  const shared = rowsOf(readRuns(beginning));
  // What has ended is a kind of its own, which nothing goes on from.
  const parts = [
    ...Map.groupBy(members, ({ rows }) => (rows.length === runs * runLength ? '' : runAt(rows, runs, end))).values(),
  ];
  for (const part of parts) {
    const [kind] = part;
    const hasEnded = kind?.rows.length === runs * runLength;
    // Where the rows that are known end, what is shared may go on.
    if (kind !== undefined && (hasEnded ? kind.whole : countCaptures(part) < captures)) {
      noteCut(part, hasEnded ? 0 : runs, shared, captures);
    }
  }
  if (parts.length === 1 && known > runs) {
    return [{ members, runs: runs + 1 }];
  }
  return parts.flatMap((part) => (part[0]?.rows.length === runs * runLength ? [] : [{ members: part, runs: runs + 1 }]));
}

function noteCut(kinds: readonly Kind[], cut: number, rows: number, captures: number): void {
  for (const kind of kinds) {
    if (rows >= fewestRows && rows * captures >= kind.seen) {
      kind.cut = cut;
      kind.seen = rows * captures;
    }
  }
}

function countCaptures(kinds: readonly Kind[]): number {
  return kinds.length === 1 ? (kinds[0]?.captures.size ?? 0) : new Set(kinds.flatMap(({ captures }) => [...captures])).size;
}

function runAt(rows: string, at: number, end: RegionEnd): string {
  return end === 'top'
    ? rows.slice(at * runLength, (at + 1) * runLength)
    : rows.slice(rows.length - (at + 1) * runLength, rows.length - at * runLength);
}

/** What is known of a region from one of its ends. */
export function rowsFrom(
  { rows = '', tail }: { readonly rows?: string; readonly tail?: string },
  end: RegionEnd,
): Pick<RowSequence, 'rows' | 'whole'> {
  return { rows: end === 'top' ? rows : (tail ?? rows), whole: tail === undefined };
}
