import { parentPort } from 'node:worker_threads';
import { alignPair } from '../compare/align/align.ts';
import { isBlank } from '../compare/blank.ts';
import { comparePair } from '../compare/compare-pair.ts';
import type { ComparePair } from '../compare/comparer.ts';
import { hatch } from '../compare/hatch.ts';
import { inspectPicture } from '../compare/inspect.ts';
import type { WorkerAnswers, WorkerRequest } from '../compare/messages.ts';
import { renderThumbnail } from '../compare/thumbnail.ts';
import { renderTriptych } from '../compare/triptych/triptych.ts';

/**
 * Entry of a comparison worker: answers one request after the other. Whatever it throws ends the worker, which the pool
 * notices and replaces.
 */
parentPort?.on('message', async (request: WorkerRequest) => {
  parentPort?.postMessage(await answerTo(request));
  if (request.kind === 'compare') release(request.pair);
});

/** Frees both files now: they are megabytes, and the collector, which sees few objects, would let many of them gather. */
function release({ baseline, actual }: ComparePair): void {
  for (const { buffer } of [baseline, actual]) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

async function answerTo(request: WorkerRequest): Promise<WorkerAnswers[keyof WorkerAnswers]> {
  switch (request.kind) {
    case 'compare':
      return comparePair(request.pair);
    case 'inspect':
      return inspectPicture(request.bytes);
    case 'align':
      return alignPair(request.pair, request.diffPixels);
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
