import { createHash } from 'node:crypto';
import type { CaptureReport, Report, RunReport } from '../../src/results/model.ts';
import { type CaptureChange, completeCapture, makeComparison, makeReport } from '../report/support/reports.ts';
import { solidPng } from './solid-png.ts';
import { makeZip, type ZipFile } from './zip.ts';

export const grey = solidPng(80, 60, [128, 128, 128]);
export const red = solidPng(80, 60, [200, 0, 0]);
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A capture that changed from grey to red, as a check reports it. */
export function changedCapture(name: string, change: CaptureChange = {}): CaptureReport {
  const id = `${name}/1280x800`;
  const size = { width: 80, height: 60 };
  return completeCapture({
    id,
    name,
    viewport: { name: '1280x800', width: 1280, height: 800, scale: 1 },
    url: `https://preview.example.com/${name}`,
    status: 'changed',
    unstable: false,
    attempts: 1,
    durationMs: 1200,
    size,
    comparison: makeComparison({
      diffPixels: 4800,
      diffRatio: 1,
      baselineSize: size,
      actualSize: size,
      regions: [{ x: 0, y: 0, ...size, diffPixels: 4800 }],
    }),
    files: { actual: `actual/${id}.png`, baseline: `baseline/${id}.png`, diff: `diff/${id}.png` },
    sha256: { actual: hash(red), baseline: hash(grey), diff: hash(red) },
    ...change,
  });
}

/** A capture without a baseline. */
export function addedCapture(name: string): CaptureReport {
  const id = `${name}/1280x800`;
  return changedCapture(name, { status: 'added', files: { actual: `actual/${id}.png` }, sha256: { actual: hash(red) } });
}

/** The files of an artifact that a check uploads for these captures. */
export function uploadedFiles(report: Report): ZipFile[] {
  const pictures = report.captures.flatMap(({ files }) =>
    Object.entries(files).flatMap(([kind, paths]) =>
      [paths].flat().map((path): ZipFile => ({ path, content: kind === 'baseline' ? grey : red })),
    ),
  );
  return [{ path: 'results.json', content: JSON.stringify(report) }, ...pictures];
}

/** The artifact of a check that found one change, `pricing`, at a commit. */
export function uploadedResults(
  commit: string,
  captures: readonly CaptureReport[] = [changedCapture('pricing')],
  run: Partial<RunReport> = {},
): Buffer {
  const ci = { url: 'https://github.com/octo/site/actions/runs/30433642', commit };
  return makeZip(uploadedFiles(makeReport(captures, { run: { ci, ...run } })));
}
