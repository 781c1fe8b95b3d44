/**
 * How long it takes to group the changes of many captures, and what memory that needs, for results as a run of 1,000 captures with 20
 * regions each brings them: nothing shared, everything shared, and a shared header that touches other content on every page.
 * `npm run bench groups-speed`.
 */
import { createHash } from 'node:crypto';
import { groupChanges } from '../../src/results/groups/group-changes.ts';
import { mostTracedRuns } from '../../src/results/groups/row-runs.ts';
import type { CaptureReport, RegionTrace, Report } from '../../src/results/model.ts';
import { makeCapture, makeComparison, makeReport, makeTrace } from '../../test/report/support/reports.ts';

const captures = 1000;
const regions = 20;
const runs = Math.floor(mostTracedRuns / regions);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function rowsOf(text: string): string {
  return Array.from({ length: runs }, (_, at) => {
    const run = Buffer.alloc(24);
    digest(`${at < 12 ? text.split(' ')[0] : text} ${at}`).copy(run, 0, 0, 16);
    run.writeUInt16LE(2, 16);
    run.writeUInt16LE(0, 18);
    run.writeUInt16LE(600, 20);
    run.writeUInt16LE(90, 22);
    return run.toString('base64');
  }).join('');
}

function report(nameOf: (capture: number, region: number) => string): Report {
  return makeReport(
    Array.from({ length: captures }, (_, capture): CaptureReport => {
      const places = Array.from({ length: regions }, (_, at) => ({
        x: 0,
        y: at * 100,
        width: 600,
        height: 2 * runs,
        diffPixels: 5000 - at,
      }));
      const traces = places.map((_, at): RegionTrace => {
        const name = nameOf(capture, at);
        return {
          hash: digest(name).toString('hex').slice(0, 32),
          rows: rowsOf(name),
          look: { ...makeTrace('').look, from: [at, 7], to: [9, capture % 50] },
        };
      });
      return makeCapture(`page-${capture}`, { status: 'changed', comparison: makeComparison({ regions: places, traces }) });
    }),
  );
}

const worlds: readonly (readonly [string, Report])[] = [
  ['nothing is shared', report((capture, region) => `own-${capture}-${region} x`)],
  ['everything is shared', report((_, region) => `all-${region} x`)],
  ['each region begins as on all captures and ends as on none', report((capture, region) => `all-${region} ${capture}`)],
];
for (const [name, written] of worlds) {
  groupChanges(written);
  const before = process.memoryUsage().heapUsed;
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const { groups = [] } = groupChanges(written);
  const tookMs = performance.now() - startMs;
  const cpuMs = process.cpuUsage(cpuBefore).user / 1000;
  const grownMb = (process.memoryUsage().heapUsed - before) / 1e6;
  console.log(
    `${name}: ${tookMs.toFixed(0)} ms (${cpuMs.toFixed(0)} ms of the processor), heap grew by ${grownMb.toFixed(0)} MB, ${groups.length} groups`,
  );
}
