import { formatDuration } from '../../src/basics/format.ts';
import type { Contestant, Measurement } from './contestants.ts';

/** What one of them took, round by round. */
export interface Row {
  readonly contestant: Contestant;
  readonly rounds: readonly Measurement[];
}

/** The first row is ours, which the others are told beside, within each round, since the machine may be slower in the next. */
export function renderTable(title: string, expected: number, rows: readonly Row[]): string {
  const ours = rows[0]?.rounds ?? [];
  const lines = rows.map(({ contestant, rounds }) => {
    const tookMs = median(rounds.map((round) => round.tookMs));
    const ratio = median(rounds.map((round, at) => round.tookMs / (ours[at]?.tookMs ?? Number.NaN)));
    const pictures = Math.min(...rounds.map((round) => round.pictures));
    const made = pictures === expected ? String(pictures) : `${pictures} of ${expected}`;
    const cells = [contestant.name, formatDuration(tookMs), ratio.toFixed(2), made, contestant.written];
    return `| ${cells.join(' | ')} |`;
  });
  return `### ${title}

| from start to exit | time | × ours | pictures | what is written for it |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
}
