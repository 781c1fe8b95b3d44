import type { ImageSource } from '../../../../src/report/html/pictures.ts';
import type { CaptureReport, ChangedRegion, Report } from '../../../../src/results/model.ts';
import { type Block, drawPng, imageSource } from '../../support/pictures.ts';
import { makeCapture, makeComparison, makeReport } from '../../support/reports.ts';

/** A header and a footer that changed on several pages, one page with a change of its own, and one with a banner put in. */

const header: Block = { x: 900, y: 20, width: 240, height: 16, color: [200, 30, 30] };
const own: ChangedRegion = { x: 100, y: 300, width: 200, height: 80, diffPixels: 16_000 };
const names = ['page-1', 'page-2', 'page-10', 'pricing'];
const idOf = (name: string): string => `${name}/1280x800`;
const headerRegion = { x: 900, y: 20, width: 240, height: 16, diffPixels: 3840 };
const footerAt = (y: number): ChangedRegion => ({ x: 80, y, width: 220, height: 14, diffPixels: 900 });
const heights = { 'page-1': 800, 'page-2': 800, 'page-10': 1600, pricing: 800 } as const;
/** Rows that were put in below the header; what lies below is 56 px lower in the capture. */
const banner: ChangedRegion = { x: 0, y: 60, width: 1280, height: 56, diffPixels: 71_680, only: 'actual' };
const below: ChangedRegion = { x: 200, y: 756, width: 100, height: 20, diffPixels: 2000, baselineY: 700 };

export function groupedReport(): { report: Report; images: ImageSource } {
  const pictures: Record<string, Uint8Array> = {};
  const files = (name: string, before: readonly Block[], after: readonly Block[], height: number, lower = 0) => {
    const paths = { actual: `actual/${name}.png`, baseline: `baseline/${name}.png`, diff: `diff/${name}.png` };
    pictures[paths.actual] = drawPng(1280, height + lower, after);
    pictures[paths.baseline] = drawPng(1280, height, before);
    pictures[paths.diff] = drawPng(1280, height + lower, after, [240, 240, 240]);
    return paths;
  };
  const shared = Object.entries(heights).map(([name, height]): CaptureReport => {
    const size = { width: 1280, height };
    const regions = [headerRegion, footerAt(height - 60), ...(name === 'pricing' ? [own] : [])];
    const { error: _, status: __, comparison: ___, groups: ____, variant: _____, ...fields } = makeCapture(name);
    return {
      ...fields,
      status: 'changed',
      comparison: makeComparison({ baselineSize: size, actualSize: size, regions }),
      files: files(
        name,
        [],
        [header, { ...footerAt(height - 60), color: [30, 30, 200] }, { ...own, color: [30, 160, 30] }],
        height,
      ),
      groups: ['g1', 'g2'],
    };
  });
  const moved = makeCapture('moved', {
    status: 'changed',
    comparison: makeComparison({
      baselineSize: { width: 1280, height: 1600 },
      actualSize: { width: 1280, height: 1656 },
      regions: [banner, below],
      findings: [{ kind: 'moved', shifts: [{ y: 60, byPx: 56 }], shiftCount: 1, endPx: 0, blocks: 1 }],
    }),
    files: {
      ...files(
        'moved',
        [{ ...below, y: 700, color: [0, 0, 90] }],
        [
          { ...banner, color: [240, 220, 180] },
          { ...below, color: [0, 90, 0] },
        ],
        1600,
        56,
      ),
      aligned: 'aligned/moved.png',
    },
  });
  pictures['aligned/moved.png'] = drawPng(1280, 1656, [{ ...banner, color: [190, 230, 190] }]);
  const group = (id: string, at: number) => ({
    id,
    captures: names.length,
    size: { width: headerRegion.width, height: headerRegion.height },
    example: idOf('page-1'),
    regions: Object.fromEntries(names.map((name) => [idOf(name), [at]])),
  });
  const captures = [
    ...shared,
    moved,
    makeCapture('same'),
    makeCapture('new', { status: 'added', files: { actual: 'actual/page-1.png' } }),
  ];
  return { report: { ...makeReport(captures), groups: [group('g1', 0), group('g2', 1)] }, images: imageSource(pictures) };
}
