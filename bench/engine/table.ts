import type { contestants, Measurement } from './contestants.ts';
import type { SiteKind } from './pages.ts';

/** What each contestant took, round by round. */
export type Results = readonly Readonly<Record<keyof typeof contestants, Measurement>>[];

type Round = Results[number];

const titles: Readonly<Record<SiteKind, string>> = {
  mixed: 'Pages as they come',
  late: 'Pages whose data comes 600 ms after load',
};

/** Medians over the rounds; a ratio is worked out within each round, since the machine may be slower in the next. */
export function renderTable(site: SiteKind, rounds: Results): string {
  const row = (name: string, time: (round: Round) => number, ...than: ((round: Round) => number)[]): string => {
    const ratios = than.map((other) => median(rounds.map((round) => time(round) / other(round))).toFixed(2));
    return `| ${[name, ...ratios, `${(median(rounds.map(time)) / 1000).toFixed(1)} s`].join(' | ')} |`;
  };
  const whole = (name: keyof Round) => (round: Round) => round[name].processMs;
  const alone = (name: keyof Round) => (round: Round) => round[name].capturesMs ?? Number.NaN;
  return `#### ${titles[site]}

| from start to exit | × the floor | × Playwright | time |
|---|---|---|---|
${row('the floor', whole('floor'), whole('floor'), whole('playwright'))}
${row('Playwright, `toHaveScreenshot`', whole('playwright'), whole('floor'), whole('playwright'))}
${row('**Visual Capture**, `check`', whole('check'), whole('floor'), whole('playwright'))}

| the captures alone | × the floor | time |
|---|---|---|
${row('the floor', alone('floor'), alone('floor'))}
${row('**Visual Capture**, the engine', alone('warm'), alone('floor'))}
`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? 0) + (sorted[sorted.length - 1 - middle] ?? 0)) / 2;
}
