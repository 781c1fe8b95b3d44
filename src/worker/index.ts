import { parentPort } from 'node:worker_threads';
import { comparePair, inspectPicture } from '../compare/compare-pair.ts';
import type { WorkerAnswers, WorkerRequest } from '../compare/messages.ts';

/**
 * Entry of a comparison worker: answers one request after the other. Whatever it throws ends the worker, which the pool
 * notices and replaces.
 */
parentPort?.on('message', async (request: WorkerRequest) => {
  parentPort?.postMessage(await answerTo(request));
});

async function answerTo(request: WorkerRequest): Promise<WorkerAnswers[keyof WorkerAnswers]> {
  switch (request.kind) {
    case 'compare':
      return comparePair(request.pair);
    case 'inspect':
      return inspectPicture(request.bytes);
  }
}
