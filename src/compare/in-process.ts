import { alignPair } from './align/align.ts';
import { isBlank } from './blank.ts';
import { comparePair } from './compare-pair.ts';
import type { Comparer } from './comparer.ts';
import { drawDiff } from './draw-diff.ts';
import { hatch } from './hatch.ts';
import { inspectPicture } from './inspect.ts';
import { traceRegions } from './trace/trace-regions.ts';

/** Compares on the calling thread: for a few pictures, and for tests. The bytes stay the caller's. */
export function createInProcessComparer(): Comparer {
  return {
    draw: drawDiff,
    compare: async (pair) => comparePair(typeof pair === 'function' ? await pair() : pair),
    inspect: inspectPicture,
    align: async (pair, diffPixels, pixelsPerCssPixel) => alignPair(pair, diffPixels, pixelsPerCssPixel),
    trace: async (pair, regions, pixelsPerCssPixel) => traceRegions(pair, regions, pixelsPerCssPixel),
    hatch: async (request) => hatch(request),
    isBlank: async (png) => isBlank(png),
    [Symbol.asyncDispose]: async () => {},
  };
}
