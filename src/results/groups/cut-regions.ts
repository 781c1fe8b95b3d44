import { readRun, splitRuns } from './row-runs.ts';

/** A sequence of rows that may be cut at its beginning: the runs of a region, or of what is left of one. */
export interface RowSequence {
  /** The capture that it is on, as a number: captures are counted, not places. */
  readonly capture: number;
  /** From the end at which it is cut. */
  readonly runs: readonly string[];
  /** Whether that is all of it. */
  readonly whole: boolean;
}

/** Rows with less to tell them apart are on any page: a rule, a plain bar. */
const fewestRuns = 8;
/** What is lower is nothing that a person would look for. */
const fewestRows = 16;

/**
 * Finds out where what several captures share ends in each sequence: after how many of its runs, 0 for nowhere. Of several such places
 * the one with the most rows on all captures together. Sequences that are shared as a whole are not cut.
 *
 * O(n) for n runs: sequences are laid into a tree, run by run, whose nodes count the captures that come by.
 */
export function findCuts(sequences: readonly RowSequence[]): number[] {
  const candidates = shareBeginnings(sequences);
  const tree = new RunTree();
  const paths = sequences.map((sequence, at) => (candidates.has(at) ? tree.add(sequence) : []));
  return sequences.map((sequence, at) => chooseCut(sequence, paths[at] ?? [], tree));
}

/** Which of the sequences begin as one on another capture does: of most pages nothing does, and they need no tree. */
function shareBeginnings(sequences: readonly RowSequence[]): ReadonlySet<number> {
  const first = new Map<string, { capture: number; shared: boolean }>();
  const beginnings = sequences.map(({ capture, runs }) => {
    if (runs.length < fewestRuns) {
      return undefined;
    }
    const beginning = runs.slice(0, fewestRuns).join('');
    const known = first.get(beginning);
    if (known === undefined) {
      first.set(beginning, { capture, shared: false });
    } else if (known.capture !== capture) {
      known.shared = true;
    }
    return beginning;
  });
  return new Set(
    beginnings.flatMap((beginning, at) => (beginning !== undefined && first.get(beginning)?.shared === true ? [at] : [])),
  );
}

/** Nodes are numbers; the root is 0. */
class RunTree {
  readonly #runs = new Map<string, number>();
  readonly #children = new Map<number, number>();
  readonly #captures: number[] = [0];
  readonly #lastCapture: number[] = [-1];

  /** Returns the node behind each run. Sequences of one capture must be added one after the other. */
  add({ capture, runs }: RowSequence): number[] {
    let node = 0;
    return runs.map((run) => {
      node = this.#childOf(node, run);
      if (this.#lastCapture[node] !== capture) {
        this.#lastCapture[node] = capture;
        this.#captures[node] = this.capturesAt(node) + 1;
      }
      return node;
    });
  }

  /** How many captures have a sequence that goes through the node. */
  capturesAt(node: number | undefined): number {
    return node === undefined ? 0 : (this.#captures[node] ?? 0);
  }

  #childOf(node: number, run: string): number {
    let id = this.#runs.get(run);
    if (id === undefined) {
      id = this.#runs.size;
      this.#runs.set(run, id);
    }
    // Below 2^53 with up to 2^26 runs of each kind, which no results.json holds.
    const key = node * 0x400_0000 + id;
    let child = this.#children.get(key);
    if (child === undefined) {
      child = this.#captures.length;
      this.#children.set(key, child);
      this.#captures.push(0);
      this.#lastCapture.push(-1);
    }
    return child;
  }
}

function chooseCut({ runs, whole }: RowSequence, path: readonly number[], tree: RunTree): number {
  let [best, bestRows, rows] = [0, 0, 0];
  for (const [at, node] of path.entries()) {
    const captures = tree.capturesAt(node);
    if (captures < 2) {
      break;
    }
    rows += readRun(runs[at] ?? '').rows;
    const isLast = at + 1 === path.length;
    // Where the rows that are known end, what is shared may go on.
    const ends = isLast ? whole : tree.capturesAt(path[at + 1]) < captures;
    if (ends && at + 1 >= fewestRuns && rows >= fewestRows && rows * captures >= bestRows) {
      best = isLast ? 0 : at + 1;
      bestRows = rows * captures;
    }
  }
  return best;
}

/** The runs of a trace from its upper end, and whether they are all. */
export function runsFromTop({
  rows = '',
  tail,
}: {
  readonly rows?: string;
  readonly tail?: string;
}): Pick<RowSequence, 'runs' | 'whole'> {
  return { runs: splitRuns(rows), whole: tail === undefined };
}

/** The same from its lower end. */
export function runsFromBottom({
  rows = '',
  tail,
}: {
  readonly rows?: string;
  readonly tail?: string;
}): Pick<RowSequence, 'runs' | 'whole'> {
  return { runs: splitRuns(tail ?? rows).toReversed(), whole: tail === undefined };
}
