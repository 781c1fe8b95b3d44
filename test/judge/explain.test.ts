import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import type { CapturedImage } from '../../src/capture/outcome.ts';
import type { Comparer } from '../../src/compare/comparer.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { onlyPicture } from '../../src/judge/accepted-pictures.ts';
import { compareTakes } from '../../src/judge/compare-takes.ts';
import { explainDifference } from '../../src/judge/explain.ts';
import type { Folder } from '../../src/system/ports.ts';
import { type Block, type Colour, drawPng } from '../helpers/draw-png.ts';
import { makeCapture } from '../helpers/virtual-run.ts';

const size = { width: 160, height: 100 };
const block = (x: number, y: number, colour: Colour): Block => ({ x, y, width: 24, height: 12, colour });
const image = (...blocks: Block[]): CapturedImage => ({ bytes: drawPng(size.width, size.height, blocks), format: 'png', size });
const advert = (colour: Colour) => block(100, 60, colour);
const word = block(20, 20, [0, 0, 0]);

/** Compares two takes with a baseline and explains the difference: which files there are, and how often anything was drawn. */
async function explain(baseline: CapturedImage, first: CapturedImage, second: CapturedImage) {
  const files = new Map<string, Uint8Array | string>();
  const folder: Folder = {
    path: 'output',
    read: async () => undefined,
    sizeOf: async () => undefined,
    write: async (path, bytes) => {
      files.set(path, bytes);
    },
    remove: async () => {},
    names: async () => [],
    list: async () => [...files.keys()],
    resolve: (path) => path,
  };
  const real = createInProcessComparer();
  const drawn: string[] = [];
  const comparer: Comparer = {
    ...real,
    draw: (...given) => {
      drawn.push('diff');
      return real.draw(...given);
    },
    hatch: (...given) => {
      drawn.push('capture');
      return real.hatch(...given);
    },
  };
  const again = { status: 'captured', image: second, attempts: 1, durationMs: 1, timeline: [] } as const;
  const ports = { comparer, retakes: 1, takeAgain: async () => again };
  const compared = await compareTakes(
    makeCapture('page'),
    onlyPicture({ png: baseline.bytes, noise: [{ x: 100, y: 60, width: 24, height: 12 }] }),
    first,
    ports,
  );
  const { result } = compared;
  if (result.kind === 'unreadable') {
    throw new Error(result.reason);
  }
  const explained = await explainDifference(
    makeCapture('page'),
    baseline.bytes,
    { ...compared, result },
    { output: folder, comparer },
  );
  const diff = explained.files.diff === undefined ? undefined : files.get(explained.files.diff);
  return { drawn, picture: typeof diff === 'object' ? PNG.sync.read(Buffer.from(diff)) : undefined };
}

/** The colour of a pixel in hex. */
function at(picture: PNG | undefined, x: number, y: number): string | undefined {
  const from = (y * size.width + x) * 4;
  return picture?.data.toString('hex', from, from + 3);
}

const blue = '2563eb';
const red = 'e00020';

describe('the picture of a difference', () => {
  it('is drawn once, however often takes were compared', async () => {
    const { drawn, picture } = await explain(image(), image(word), image(word));
    expect(drawn).toEqual(['diff']);
    expect([at(picture, 30, 26), at(picture, 110, 66)]).toEqual([red, 'ffffff']);
  });

  it('has what is unstable hatched beside what differs', async () => {
    const { drawn, picture } = await explain(
      image(advert([255, 0, 0])),
      image(advert([0, 128, 0]), word),
      image(advert([0, 0, 255]), word),
    );
    expect(drawn).toEqual(['diff']);
    // The unstable area with two pixels around it: its frame, a line of the hatching, and what is between two lines.
    expect([at(picture, 30, 26), at(picture, 98, 58), at(picture, 108, 60)]).toEqual([red, blue, blue]);
    expect(at(picture, 112, 64)).not.toBe(blue);
  });

  it('is the capture, paler, where unstable areas are all there is to see', async () => {
    const { drawn, picture } = await explain(image(), image(word), image());
    expect(drawn).toEqual(['capture']);
    expect([at(picture, 20, 20), at(picture, 0, 0)]).toEqual([blue, 'ffffff']);
  });

  it('is not there when nothing differs', async () => {
    expect(await explain(image(), image(), image())).toEqual({ drawn: [], picture: undefined });
  });
});
