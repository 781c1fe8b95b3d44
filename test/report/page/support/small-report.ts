import type { ImageSource } from '../../../../src/report/html/pictures.ts';
import type { CaptureReport, Report } from '../../../../src/results/model.ts';
import { type Block, drawPng, imageSource } from '../../support/pictures.ts';
import { type CaptureChange, makeCapture, makeComparison, makeFailure, makeReport } from '../../support/reports.ts';

/** A report with one capture of each kind that the viewer has to show, and pictures that fit. */

const header: Block = { x: 0, y: 0, width: 1280, height: 60, color: [40, 60, 50] };
const red: Block = { x: 100, y: 200, width: 300, height: 100, color: [200, 30, 30] };
const blue: Block = { x: 900, y: 600, width: 60, height: 20, color: [30, 30, 200] };
const mobile = { name: 'mobile', width: 390, height: 844, scale: 2 };

export const regions = [
  { x: 100, y: 200, width: 300, height: 100, diffPixels: 30_000 },
  { x: 900, y: 600, width: 60, height: 20, diffPixels: 1200 },
];

const tallRegions = [
  { x: 100, y: 11_000, width: 300, height: 100, diffPixels: 30_000 },
  { x: 100, y: 2000, width: 300, height: 40, diffPixels: 12_000 },
];

function filesOf(id: string): { actual: string; baseline: string; diff: string } {
  return { actual: `actual/${id}.png`, baseline: `baseline/${id}.png`, diff: `diff/${id}.png` };
}

function changed(name: string, change: CaptureChange): CaptureReport {
  const capture = makeCapture(name, { status: 'changed', ...change });
  return { ...capture, files: filesOf(capture.id) };
}

export function smallReport(): { report: Report; images: ImageSource } {
  const tallSize = { width: 1280, height: 15_000 };
  const captures = [
    makeCapture('index', { files: { actual: 'actual/index/1280x800.png', baseline: 'baseline/index/1280x800.png' } }),
    changed('pricing', {
      attempts: 2,
      comparison: makeComparison({ diffPixels: 31_200, diffRatio: 31_200 / 1_024_000, regions }),
      timeline: [
        { kind: 'request', startMs: 0, durationMs: 310, result: 'engine_busy' },
        { kind: 'wait', startMs: 310, durationMs: 5000, reason: 'engine_busy' },
        { kind: 'request', startMs: 5310, durationMs: 2120, result: 'image' },
      ],
    }),
    changed('pricing', {
      viewport: mobile,
      comparison: makeComparison({
        diffPixels: 500,
        diffRatio: 0.001,
        baselineSize: { width: 780, height: 1688 },
        actualSize: { width: 780, height: 1700 },
        regions: [{ x: 20, y: 400, width: 100, height: 50, diffPixels: 500 }],
      }),
    }),
    changed('long', {
      comparison: makeComparison({
        diffPixels: 42_000,
        diffRatio: 0.0022,
        baselineSize: tallSize,
        actualSize: tallSize,
        regions: tallRegions,
      }),
    }),
    makeCapture('new', { status: 'added', files: { actual: 'actual/new/1280x800.png' } }),
    makeCapture('old', { status: 'removed', attempts: 0, files: { baseline: 'baseline/old/1280x800.png' } }),
    makeCapture('broken', { status: 'failed', error: makeFailure('render_timeout') }),
  ];
  const before = drawPng(1280, 800, [header]);
  const after = drawPng(1280, 800, [header, red, blue]);
  const tall = drawPng(1280, 15_000, [header]);
  const tallAfter = drawPng(1280, 15_000, [
    header,
    ...tallRegions.map((region) => ({ ...region, color: [200, 30, 30] as const })),
  ]);
  const images = imageSource(
    {
      'actual/index/1280x800.png': before,
      'baseline/index/1280x800.png': before,
      'actual/pricing/1280x800.png': after,
      'baseline/pricing/1280x800.png': before,
      'diff/pricing/1280x800.png': drawPng(1280, 800, [red, blue], [240, 240, 240]),
      'actual/pricing/mobile.png': drawPng(780, 1700, [{ ...red, x: 20, y: 400, width: 100, height: 50 }]),
      'baseline/pricing/mobile.png': drawPng(780, 1688),
      'diff/pricing/mobile.png': drawPng(780, 1700, [{ ...red, x: 20, y: 400, width: 100, height: 50 }]),
      'actual/long/1280x800.png': tallAfter,
      'baseline/long/1280x800.png': tall,
      'diff/long/1280x800.png': tallAfter,
      'actual/new/1280x800.png': after,
      'baseline/old/1280x800.png': before,
    },
    { 'actual/index/1280x800.png': drawPng(208, 130, [{ ...header, width: 208, height: 10 }]) },
  );
  return { report: makeReport(captures), images };
}
