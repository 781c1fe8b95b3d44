import { type Rect, unionOf } from '../../basics/geometry.ts';
import { mostTracedRuns, runLength } from '../../results/groups/row-runs.ts';
import type { RegionTrace } from '../../results/model.ts';
import type { ComparePair } from '../comparer.ts';
import { Kernel } from '../kernel/kernel.ts';
import { Mask } from '../mask.ts';
import { openPicture } from '../picture/open-picture.ts';
import type { Picture } from '../picture/picture.ts';
import { PixelReader } from '../picture/pixel-reader.ts';
import { UnreadablePicture } from '../unreadable.ts';
import { RegionTracer } from './region-tracer.ts';

/** Of one region at each of its ends: a header or a footer has fewer. */
const mostRunsAtAnEnd = 128;
/** In CSS pixels: a part of what is lower is nothing that a person would look for. */
const lowestCutPx = 32;

/** A tracer for a region that lies in a picture at `pixelsPerCssPixel`. */
export function tracerOf(region: Rect, pixelsPerCssPixel: number): RegionTracer {
  const mayBeCut = region.height >= lowestCutPx * pixelsPerCssPixel;
  return new RegionTracer(region, pixelsPerCssPixel, mayBeCut ? mostRunsAtAnEnd : 0);
}

/** The traces of the regions of one capture, the largest region first, with as many rows as one capture may have. */
export function finishTraces(tracers: readonly RegionTracer[]): RegionTrace[] {
  let left = mostTracedRuns * runLength;
  return RegionTracer.finish(tracers).map(({ rows = '', tail = '', ...trace }) => {
    if (rows.length + tail.length > left || rows === '') {
      return trace;
    }
    left -= rows.length + tail.length;
    return { ...trace, rows, ...(tail === '' ? {} : { tail }) };
  });
}

/**
 * What each of these regions shows in two pictures that were compared before. The pictures are read row by row; undefined when one
 * of them is unreadable.
 * @param pixelsPerCssPixel of the pictures, whatever `pair.scale` says of its masks
 */
export function traceRegions(
  pair: ComparePair,
  regions: readonly Rect[],
  pixelsPerCssPixel: number,
): readonly RegionTrace[] | undefined {
  try {
    return trace(pair, regions, pixelsPerCssPixel);
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return undefined;
    }
    throw error;
  }
}

function trace(
  { baseline, actual, scale, settings }: ComparePair,
  regions: readonly Rect[],
  pixelsPerCssPixel: number,
): readonly RegionTrace[] {
  const [a, b] = [openPicture(baseline), openPicture(actual)];
  const mask = new Mask(settings.mask, scale, unionOf(a.size, b.size));
  const traced = regions.map((region) => ({ region, tracer: tracerOf(region, pixelsPerCssPixel) }));
  const bottom = Math.max(0, ...regions.map(({ y, height }) => y + height));
  using kernelA = Kernel.borrow();
  using kernelB = Kernel.borrow();
  const [rowsOfA, rowsOfB] = [rowsOf(kernelA, a), rowsOf(kernelB, b)];
  for (let y = 0; y < bottom; y++) {
    const [before, after] = [rowsOfA(), rowsOfB()];
    for (const { region, tracer } of traced) {
      if (region.y <= y && y < region.y + region.height) {
        tracer.addRow(before, after, mask.spansAt(y));
      }
    }
  }
  return finishTraces(traced.map(({ tracer }) => tracer));
}

/** The rows of a picture from top to bottom as words, each good until the next one; undefined below its end. */
function rowsOf(kernel: Kernel, picture: Picture): () => Uint32Array | undefined {
  const { width, height } = picture.size;
  const reader = new PixelReader(kernel, picture);
  let y = 0;
  return () => {
    if (y === height) {
      return undefined;
    }
    y += 1;
    const row = kernel.view(reader.next(), width * 4);
    return new Uint32Array(row.buffer, row.byteOffset, width);
  };
}
