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

export interface Measured {
  readonly scenarios: Result[];
  /** Where the goals are known not to hold. */
  readonly hard: Result[];
  readonly worlds: Result[];
  /** By family, over all scenarios and worlds and pool sizes. */
  readonly rivals: ReadonlyMap<string, Result[]>;
}

/** The tables of docs/scheduler.md. */
export function renderTables({ scenarios, hard, worlds, rivals }: Measured): string {
  return [
    renderOurs(scenarios),
    '### Worlds that nobody chose',
    renderWorlds(worlds, rivals),
    '### Where the goals do not hold',
    renderOurs(hard),
    ...[...rivals].map(([family, results]) => renderRival(family, results, scenarios)),
  ].join('\n\n');
}

function renderWorlds(worlds: readonly Result[], rivals: ReadonlyMap<string, readonly Result[]>): string {
  const rows = worlds.map(({ scenario, measurements }) => {
    const goal = goals[scenario.goal];
    const makespan = mean(measurements, 'makespan');
    const worst = Math.max(...measurements.map((one) => one.makespan));
    return [
      scenario.name,
      `${makespan.toFixed(2)} (${worst.toFixed(2)})`,
      `${goal}${makespan <= goal ? '' : ' missed'}`,
      mean(measurements, 'requestsPerCapture').toFixed(2),
      String(sum(measurements, 'lost')),
      String(sum(measurements, 'sentWhileHeld')),
      renderBest(scenario, rivals, makespan),
    ];
  });
  return table(
    [
      'world',
      'makespan, × oracle (worst)',
      'goal',
      'requests a capture',
      'lost',
      'sent while held',
      'best rival that lost nothing',
    ],
    rows,
  );
}

/** The quickest of all rivals and pools that lost nothing over all seeds. */
function renderBest(scenario: Scenario, rivals: ReadonlyMap<string, readonly Result[]>, own: number): string {
  const [best] = [...rivals]
    .flatMap(([family, results]) =>
      results.map((result) => ({ family, result, makespan: mean(result.measurements, 'makespan') })),
    )
    .filter(({ result }) => result.scenario === scenario && sum(result.measurements, 'lost') === 0)
    .sort((one, other) => one.makespan - other.makespan);
  if (best === undefined) {
    return 'none';
  }
  const { family, result, makespan } = best;
  const held = sum(result.measurements, 'sentWhileHeld');
  const text = `${makespan.toFixed(2)}: ${family}, ${result.contender}${held > 0 ? `, ${held} held` : ''}`;
  return isAhead(makespan, 0, own) ? `**${text}**` : text;
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
