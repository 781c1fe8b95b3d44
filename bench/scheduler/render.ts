import type { Measurement } from './measure.ts';
import { goals, type Scenario } from './scenarios.ts';

/** What one contender came to in one scenario, a measurement for each seed. */
export interface Result {
  readonly scenario: Scenario;
  readonly contender: string;
  readonly measurements: readonly Measurement[];
}

/** Injected faults not counted. */
export const requestsGoal = 1.05;

/** The tables of docs/scheduler.md. `rivals`: by family, then by pool size. */
export function renderTables(
  ours: readonly Result[],
  hard: readonly Result[],
  rivals: ReadonlyMap<string, readonly Result[]>,
): string {
  const sections = [renderOurs(ours), '### Where the goals do not hold', renderOurs(hard)];
  for (const [family, results] of rivals) {
    sections.push(renderRival(family, results, ours));
  }
  return sections.join('\n\n');
}

function renderOurs(results: readonly Result[]): string {
  const rows = results.map(({ scenario, measurements }) => {
    const goal = goals[scenario.goal];
    const makespan = mean(measurements, 'makespan');
    const worst = Math.max(...measurements.map((one) => one.makespan));
    const requests = mean(measurements, 'requestsPerCapture');
    const fair = measurements[0]?.fairness === undefined ? '' : mean(measurements, 'fairness').toFixed(2);
    return [
      scenario.name,
      `${makespan.toFixed(2)} (${worst.toFixed(2)})`,
      `${goal}${makespan <= goal ? '' : ' missed'}`,
      `${requests.toFixed(3)}${requests <= requestsGoal ? '' : ' missed'}`,
      String(sum(measurements, 'lost')),
      String(sum(measurements, 'sentWhileHeld')),
      fair,
    ];
  });
  const head = ['scenario', 'makespan, × oracle (worst)', 'goal', 'requests a capture', 'lost', 'sent while held', 'fairness'];
  return table(head, rows);
}

function renderRival(family: string, results: readonly Result[], ours: readonly Result[]): string {
  const pools = [...new Set(results.map(({ contender }) => contender))];
  const rows = ours.map(({ scenario, measurements }) => {
    const own = mean(measurements, 'makespan');
    const cells = pools.map((pool) => {
      const result = results.find((one) => one.scenario === scenario && one.contender === pool);
      return result === undefined ? '' : renderCell(result, own);
    });
    return [scenario.name, own.toFixed(2), ...cells];
  });
  return `### ${family}\n\n${table(['scenario', 'ours', ...pools], rows)}`;
}

function renderCell({ measurements }: Result, own: number): string {
  const makespan = mean(measurements, 'makespan');
  const lost = sum(measurements, 'lost');
  const held = sum(measurements, 'sentWhileHeld');
  const requests = mean(measurements, 'requestsPerCapture');
  const text = [
    makespan.toFixed(2),
    `${requests.toFixed(2)} requests`,
    ...(lost > 0 ? [`${lost} lost`] : []),
    ...(held > 0 ? [`${held} held`] : []),
  ].join(', ');
  return isAhead(makespan, lost, own) ? `**${text}**` : text;
}

/** A rival is ahead when it loses nothing and is done sooner by what the table can show. */
export function isAhead(makespan: number, lost: number, own: number): boolean {
  return lost === 0 && makespan < own - 0.005;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function mean(measurements: readonly Measurement[], key: 'makespan' | 'requestsPerCapture' | 'fairness'): number {
  return measurements.reduce((total, one) => total + (one[key] ?? 0), 0) / measurements.length;
}

export function sum(measurements: readonly Measurement[], key: 'lost' | 'sentWhileHeld'): number {
  return measurements.reduce((total, one) => total + one[key], 0);
}
