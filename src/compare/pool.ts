import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Rect, Size } from '../basics/geometry.ts';
import { LocalFault } from '../errors/local-fault.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { RegionTrace } from '../results/model.ts';
import type { Clock } from '../system/ports.ts';
import { Semaphore } from '../system/semaphore.ts';
import type { Alignment, ComparePair, CompareResult, Comparer, InspectResult } from './comparer.ts';
import type { DiffPicture } from './diff-canvas.ts';
import type { HatchRequest } from './hatch.ts';
import { type WorkerAnswers, type WorkerRequest, workerIsReady } from './messages.ts';
import type { ThumbnailMaker } from './thumbnail.ts';
import type { Triptych, TriptychRequest } from './triptych/triptych.ts';

export interface ComparePoolOptions {
  /** The worker's script, src/worker/index.ts or its bundle. */
  readonly workerUrl: URL;
  /** Default: one a core, at most `maxWorkers`. */
  readonly workers?: number;
  /** For the time limit of a request. */
  readonly clock?: Pick<Clock, 'sleep'>;
}

/** How many workers a pool has, unless it is told otherwise. */
export function workersAtOnce(): number {
  return Math.min(availableParallelism(), maxWorkers);
}

/** More would wait for memory rather than for a core, and each costs 30 to 60 MB. */
const maxWorkers = 4;

/** Where the slowest within the limits takes a few seconds on a small runner, or a pair up to a minute; what takes longer hangs. */
const timeLimitsMs: { readonly [Kind in WorkerRequest['kind']]: number } = {
  compare: 180_000,
  draw: 60_000,
  inspect: 60_000,
  align: 60_000,
  trace: 60_000,
  hatch: 60_000,
  isBlank: 60_000,
  triptych: 60_000,
  thumbnail: 60_000,
};

/** To load its code, which takes a fraction of a second. */
const startTimeLimitMs = 60_000;

/**
 * The worker's heap; pixels live outside of it. Beyond, the worker ends instead of the process. A small young generation,
 * because its collections are what frees the buffers of files, which are larger by far than the objects that hold them.
 */
const workerHeap = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 };

const systemClock: Pick<Clock, 'sleep'> = { sleep: (delayMs, signal) => sleep(delayMs, undefined, { signal, ref: false }) };

/** Whoever makes pictures for comments. */
export interface TriptychMaker {
  /** Undefined when one of the files cannot be decoded. The bytes stay the caller's. */
  triptych(request: TriptychRequest): Promise<Triptych | undefined>;
}

/** Compares on worker threads, each started when it is first needed. Dispose of it to end them. */
export function createComparePool({
  workerUrl,
  workers = workersAtOnce(),
  clock = systemClock,
}: ComparePoolOptions): Comparer & TriptychMaker & ThumbnailMaker {
  return new ComparePool(workerUrl, Math.max(1, Math.min(workers, maxWorkers)), clock);
}

class ComparePool implements Comparer, TriptychMaker, ThumbnailMaker {
  readonly #threads: readonly WorkerThread[];
  readonly #idle: WorkerThread[];
  readonly #waiting: ((thread: WorkerThread) => void)[] = [];
  /** Pairs in memory: one for each thread, and one that is loaded meanwhile. */
  readonly #room: Semaphore;

  constructor(workerUrl: URL, workers: number, clock: Pick<Clock, 'sleep'>) {
    this.#threads = Array.from({ length: workers }, () => new WorkerThread(workerUrl, clock));
    this.#idle = [...this.#threads];
    this.#room = new Semaphore(workers + 1);
  }

  async compare(pair: ComparePair | (() => Promise<ComparePair>)): Promise<CompareResult> {
    using _ = await this.#room.take();
    const { baseline, actual, ...rest } = typeof pair === 'function' ? await pair() : pair;
    // A buffer cannot be handed over twice.
    const other = actual.buffer === baseline.buffer ? new Uint8Array(actual) : actual;
    const files = { baseline: ownBuffer(baseline), actual: ownBuffer(other) };
    const transfer = [files.baseline.buffer, files.actual.buffer];
    const answer = await this.#withThread((thread) => thread.ask({ kind: 'compare', pair: { ...files, ...rest } }, transfer));
    // The capture was inspected when it came in, so a pair that a worker does not survive is blamed on the baseline.
    return answer instanceof WorkerGone
      ? { kind: 'unreadable', which: 'baseline', reason: `comparing with it ${answer.message}` }
      : answer;
  }

  async inspect(bytes: Uint8Array): Promise<InspectResult> {
    return this.#withThread(async (thread) => {
      const answer = await thread.ask({ kind: 'inspect', bytes }, []);
      return answer instanceof WorkerGone ? { kind: 'unreadable', reason: `decoding it ${answer.message}` } : answer;
    });
  }

  async align(pair: ComparePair, diffPixels: number, pixelsPerCssPixel: number): Promise<Alignment | undefined> {
    return this.#lookAgain((thread) => thread.ask({ kind: 'align', pair, diffPixels, pixelsPerCssPixel }, []));
  }

  async trace(
    pair: ComparePair,
    regions: readonly Rect[],
    pixelsPerCssPixel: number,
  ): Promise<readonly RegionTrace[] | undefined> {
    return this.#lookAgain((thread) => thread.ask({ kind: 'trace', pair, regions, pixelsPerCssPixel }, []));
  }

  async draw(picture: DiffPicture, hatched: readonly Rect[]): Promise<Uint8Array | undefined> {
    const rows = ownBuffer(picture.rows);
    const request = { kind: 'draw', picture: { ...picture, rows }, hatched } as const;
    return this.#lookAgain((thread) => thread.ask(request, [rows.buffer]));
  }

  async hatch(request: HatchRequest): Promise<Uint8Array | undefined> {
    return this.#lookAgain((thread) => thread.ask({ kind: 'hatch', request }, []));
  }

  async isBlank(png: Uint8Array): Promise<boolean> {
    return (await this.#lookAgain((thread) => thread.ask({ kind: 'isBlank', png }, []))) ?? false;
  }

  async triptych(request: TriptychRequest): Promise<Triptych | undefined> {
    return this.#lookAgain((thread) => thread.ask({ kind: 'triptych', request }, []));
  }

  async thumbnail(png: Uint8Array, size: Size): Promise<Uint8Array | undefined> {
    return this.#lookAgain((thread) => thread.ask({ kind: 'thumbnail', png, size }, []));
  }

  /** A question that no verdict hangs on: without a worker that survives it, there is no answer. */
  async #lookAgain<T>(ask: (thread: WorkerThread) => Promise<T | WorkerGone>): Promise<T | undefined> {
    const answer = await this.#withThread(ask).catch((error: unknown) => {
      if (error instanceof LocalFault) {
        return undefined;
      }
      throw error;
    });
    return answer instanceof WorkerGone ? undefined : answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  async #withThread<T>(use: (thread: WorkerThread) => Promise<T>): Promise<T> {
    const thread = this.#idle.pop() ?? (await new Promise<WorkerThread>((resolve) => this.#waiting.push(resolve)));
    try {
      return await use(thread);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) {
        this.#idle.push(thread);
      } else {
        next(thread);
      }
    }
  }
}

/** Why a worker gave no answer: "took longer than 180 seconds". */
class WorkerGone extends Error {}

/** One thread of the pool, whose worker is started on the first request and again after it was lost. */
class WorkerThread {
  readonly #url: URL;
  readonly #clock: Pick<Clock, 'sleep'>;
  #worker: Worker | undefined;

  constructor(url: URL, clock: Pick<Clock, 'sleep'>) {
    this.#url = url;
    this.#clock = clock;
  }

  /**
   * Resolves to WorkerGone, having ended the worker, when it breaks down or takes too long.
   * @throws LocalFault when there can be no worker
   */
  async ask<Kind extends WorkerRequest['kind']>(
    request: WorkerRequest & { kind: Kind },
    transfer: readonly ArrayBuffer[],
  ): Promise<WorkerAnswers[Kind] | WorkerGone> {
    const worker = await this.#start();
    try {
      return await this.#hear<WorkerAnswers[Kind]>(worker, timeLimitsMs[request.kind], () =>
        worker.postMessage(request, transfer),
      );
    } finally {
      // One that is being ended must keep the process alive until it has.
      if (this.#worker === worker) {
        worker.unref();
      }
    }
  }

  /** What the worker says next, once it was asked. */
  async #hear<T>(worker: Worker, limitMs: number, ask?: () => void): Promise<T | WorkerGone> {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      ask?.();
      const answer = await Promise.race([
        // Rejects when the worker throws or runs out of memory.
        once(worker, 'message', { signal }).then(([message]: T[]) => message),
        once(worker, 'exit', { signal }).then(() => undefined),
        this.#clock.sleep(limitMs, signal).then(() => new WorkerGone(`took longer than ${limitMs / 1000} seconds`)),
      ]);
      if (answer instanceof WorkerGone) {
        await this.end();
      }
      return answer ?? new WorkerGone('ended the comparison worker');
    } catch (error) {
      await this.end();
      return new WorkerGone(`broke the comparison worker (${reasonOf(error)})`, { cause: error });
    } finally {
      settled.abort();
    }
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #start(): Promise<Worker> {
    if (this.#worker !== undefined) {
      this.#worker.ref();
      return this.#worker;
    }
    const worker = this.#create();
    this.#worker = worker;
    const first = await this.#hear<string>(worker, startTimeLimitMs);
    if (first !== workerIsReady) {
      await this.end();
      throw cannotStart(describeStart(first));
    }
    return worker;
  }

  #create(): Worker {
    let worker: Worker;
    try {
      // It reads files from outside, so it gets nothing of the environment, which may hold keys.
      worker = new Worker(this.#url, { env: {}, resourceLimits: workerHeap });
    } catch (error) {
      throw cannotStart(reasonOf(error));
    }
    worker.on('exit', () => {
      if (this.#worker === worker) {
        this.#worker = undefined;
      }
    });
    // Whoever asks is told; without a listener of its own an error between two requests would end the process.
    worker.on('error', () => {});
    return worker;
  }
}

/** What came in place of a start. */
function describeStart(first: string | WorkerGone): string {
  if (!(first instanceof WorkerGone)) {
    return 'it said something else than that it is ready';
  }
  return first.cause === undefined ? `it ${first.message}` : reasonOf(first.cause);
}

/** No picture is to blame for it. */
function cannotStart(reason: string): LocalFault {
  return new LocalFault(
    `The thread that compares pictures cannot be started: ${reason}.`,
    'Free memory and files on this machine (ulimit -n), and see that Visual Capture is there as a whole, dist/worker included.',
  );
}

/** The bytes in a buffer of their own, which can be transferred: themselves, or a copy where they are part of a larger one. */
function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) {
    return new Uint8Array(buffer);
  }
  return new Uint8Array(bytes);
}
