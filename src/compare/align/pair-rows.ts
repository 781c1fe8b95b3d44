import type { RowRun } from './match-rows.ts';

/**
 * A band of rows of the aligned picture. `equal`: the same in both. `paired`: laid on each other and compared.
 * `inserted`: only in the capture. `removed`: only in the baseline.
 */
export interface Band {
  readonly kind: 'equal' | 'paired' | 'inserted' | 'removed';
  readonly baselineTop: number;
  readonly actualTop: number;
  readonly rows: number;
}

/** How many pixels differ when rows are laid on each other. */
export type CountDiffering = (baselineTop: number, actualTop: number, rows: number) => number;

/**
 * Lays both pictures on each other along their equal rows. Between two runs of those the rows are paired from the top or
 * from the bottom, whichever leaves less to differ; what one side has more is inserted or removed.
 */
export function pairRows(
  runs: readonly RowRun[],
  baselineHeight: number,
  actualHeight: number,
  countDiffering: CountDiffering,
): Band[] {
  const bands: Band[] = [];
  let [baselineTop, actualTop] = [0, 0];
  for (const run of [...runs, { baselineTop: baselineHeight, actualTop: actualHeight, rows: 0 }]) {
    bands.push(...pairGap(baselineTop, run.baselineTop, actualTop, run.actualTop, countDiffering));
    if (run.rows > 0) {
      bands.push({ kind: 'equal', ...run });
    }
    baselineTop = run.baselineTop + run.rows;
    actualTop = run.actualTop + run.rows;
  }
  return bands;
}

function pairGap(a: number, aEnd: number, b: number, bEnd: number, countDiffering: CountDiffering): Band[] {
  const rows = Math.min(aEnd - a, bEnd - b);
  const left = aEnd - a + bEnd - b - 2 * rows;
  const kind = aEnd - a > bEnd - b ? 'removed' : 'inserted';
  const fromTop = left === 0 || rows === 0 || countDiffering(a, b, rows) <= countDiffering(aEnd - rows, bEnd - rows, rows);
  const paired: Band = { kind: 'paired', baselineTop: fromTop ? a : aEnd - rows, actualTop: fromTop ? b : bEnd - rows, rows };
  const single: Band = { kind, baselineTop: fromTop ? a + rows : a, actualTop: fromTop ? b + rows : b, rows: left };
  return (fromTop ? [paired, single] : [single, paired]).filter((band) => band.rows > 0);
}
