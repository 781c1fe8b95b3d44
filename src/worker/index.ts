import { parentPort } from 'node:worker_threads';
import { alignPair } from '../compare/align/align.ts';
import { isBlank } from '../compare/blank.ts';
import { comparePair } from '../compare/compare-pair.ts';
import type { ComparePair } from '../compare/comparer.ts';
import { drawDiff } from '../compare/draw-diff.ts';
import { hatch } from '../compare/hatch.ts';
import { inspectPicture } from '../compare/inspect.ts';
import { type WorkerAnswers, type WorkerRequest, workerIsReady } from '../compare/messages.ts';
import { renderThumbnail } from '../compare/thumbnail.ts';
import { traceRegions } from '../compare/trace/trace-regions.ts';
import { renderTriptych } from '../compare/triptych/triptych.ts';

type Answer = WorkerAnswers[keyof WorkerAnswers];

/**
 * Entry of a comparison worker: answers one request after the other. Whatever it throws ends the worker, which the pool
 * notices and replaces.
 */
parentPort?.postMessage(workerIsReady);
parentPort?.on('message', async (request: WorkerRequest) => {
  const answer = await answerTo(request);
  parentPort?.postMessage(answer, transferable(answer));
  if (request.kind === 'compare') {
    release(request.pair);
  }
});

/** Frees both files now: they are megabytes, and the collector, which sees few objects, would let many of them gather. */
function release({ baseline, actual }: ComparePair): void {
  for (const { buffer } of [baseline, actual]) {
    if (buffer instanceof ArrayBuffer) {
      buffer.transfer(0);
    }
  }
}

/** A diff picture is handed over and not copied: it may be as large as both files. */
function transferable(answer: Answer): ArrayBuffer[] {
  const isComparison = typeof answer === 'object' && 'kind' in answer && answer.kind === 'compared';
  const buffer = isComparison ? answer.picture?.rows.buffer : undefined;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

async function answerTo(request: WorkerRequest): Promise<Answer> {
  switch (request.kind) {
    case 'compare':
      return comparePair(request.pair);
    case 'draw':
      return drawDiff(request.picture, request.hatched);
    case 'inspect':
      return inspectPicture(request.bytes);
    case 'align':
      return alignPair(request.pair, request.diffPixels, request.pixelsPerCssPixel);
    case 'trace':
      return traceRegions(request.pair, request.regions, request.pixelsPerCssPixel);
    case 'hatch':
      return hatch(request.request);
    case 'isBlank':
      return isBlank(request.png);
    case 'triptych':
      return renderTriptych(request.request);
    case 'thumbnail':
      return renderThumbnail(request.png, request.size);
  }
}
