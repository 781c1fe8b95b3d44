import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { CapturedImage } from '../../src/capture/outcome.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { onlyPicture } from '../../src/judge/accepted-pictures.ts';
import { compareTakes } from '../../src/judge/compare-takes.ts';
import { explainDifference } from '../../src/judge/explain.ts';
import type { CompareSettings } from '../../src/plan/capture.ts';
import type { Folder } from '../../src/system/ports.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';

const size = { width: 160, height: 400 };
const grey: Colour = [243, 244, 246];
const lines = (top: number): Block[] =>
  Array.from({ length: 12 }, (_, at) => ({ x: 10, y: top + at * 12, width: 20 + at * 8, height: 5, colour: [0, 0, 0] }));
const card = (y: number): Block => ({ x: 0, y, width: 160, height: 60, colour: grey });
const image = (...blocks: Block[]): CapturedImage => ({ bytes: drawPng(size.width, size.height, blocks), format: 'png', size });

/** What is told of a difference, and the colours of two pixels of its picture. */
async function explain(baseline: CapturedImage, actual: CapturedImage, settings: Partial<CompareSettings> = {}) {
  const files = new Map<string, Uint8Array | string>();
  const output = {
    path: 'output',
    write: async (path: string, bytes: Uint8Array | string) => {
      files.set(path, bytes);
    },
  } as Folder;
  const plain = makeCapture('page');
  const capture = { ...plain, compare: { ...plain.compare, shades: 'warn' as const, ...settings } };
  const comparer = createInProcessComparer();
  const compared = await compareTakes(capture, onlyPicture({ png: baseline.bytes }), actual, { comparer });
  const { result } = compared;
  if (result.kind === 'unreadable') {
    throw new Error(result.reason);
  }
  const explained = await explainDifference(capture, baseline.bytes, { ...compared, result }, { output, comparer });
  const diff = explained.files.diff === undefined ? undefined : files.get(explained.files.diff);
  const picture = typeof diff === 'object' ? PNG.sync.read(Buffer.from(diff)) : undefined;
  const at = (x: number, y: number) => picture?.data.toString('hex', (y * size.width + x) * 4, (y * size.width + x) * 4 + 3);
  return {
    status: result.status,
    findings: explained.comparison.findings?.map((finding) =>
      finding.kind === 'shade' ? `shade ${finding.shades.map(({ y }) => y)}` : finding.kind,
    ),
    at,
  };
}

const amber = 'ffde82';

describe('a changed shade', () => {
  it('is a finding, and the picture shows it', async () => {
    const told = await explain(image(...lines(200)), image(card(20), ...lines(200)));
    expect([told.status, told.findings, told.at(50, 40), told.at(50, 110)]).toEqual(['unchanged', ['shade 20'], amber, 'ffffff']);
  });

  const heading: Block = { x: 10, y: 84, width: 60, height: 8, colour: [0, 0, 0] };
  const before = image(heading, ...lines(100), card(280));
  const moved = image(heading, card(20), ...lines(130), card(310));

  it('is told above the place from which a page moved, and not below, where areas lie on others', async () => {
    const told = await explain(before, moved);
    expect([told.status, told.findings]).toEqual(['changed', ['shade 20', 'moved']]);
    expect([told.at(50, 40), told.at(5, 290), told.at(5, 360)]).toEqual([amber, 'ffffff', 'f0f0f1']);
  });

  it('that counts is told wherever it is counted', async () => {
    const told = await explain(before, moved, { shades: 'fail' });
    expect(told.findings?.[0]).toBe('shade 20,280,340');
  });
});
