import { describe, expect, test } from 'vitest';
import type { ComparePair } from '../../src/compare/comparer.ts';
import { createInProcessComparer } from '../../src/compare/in-process.ts';
import { createComparePool } from '../../src/compare/pool.ts';
import { LocalFault } from '../../src/errors/local-fault.ts';
import { encode } from './support/pixels.ts';

const workerUrl = new URL('../../src/worker/index.ts', import.meta.url);

/** A worker made of a few lines, for what the real one never does. */
const lines = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

/** The same, once it has said that it is ready. */
const script = (code: string) =>
  lines(`import * as threads from 'node:worker_threads'; threads.parentPort.postMessage('ready');\n${code}`);

const settings = { threshold: 0.1, includeAntiAliasing: false, mask: [] };

/** A file in a buffer of its own, as read from disk. */
function file(shade: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width: 30, height: 20, rgba: new Uint8Array(2400).fill(shade) }));
}

const pair = (shade = 100): ComparePair => ({ baseline: file(255), actual: file(shade), scale: 1, settings });

describe('a pool', () => {
  test('answers as the calling thread would', async () => {
    await using pool = createComparePool({ workerUrl });
    await using inProcess = createInProcessComparer();
    expect(await pool.compare(pair())).toEqual(await inProcess.compare(pair()));
    expect(await pool.inspect(file(7))).toEqual({ kind: 'image', format: 'png', size: { width: 30, height: 20 } });
    expect(await pool.inspect(Buffer.from('<html>'))).toMatchObject({ kind: 'unreadable' });
  });

  test('takes the bytes of a pair away, but not those of a picture that is inspected, nor parts of a larger buffer', async () => {
    await using pool = createComparePool({ workerUrl, workers: 1 });
    const given = pair();
    await pool.compare(given);
    expect([given.baseline.length, given.actual.length]).toEqual([0, 0]);
    const inspected = file(1);
    await pool.inspect(inspected);
    expect(inspected.length).toBeGreaterThan(0);
    const larger = Buffer.concat([file(255), file(100)]);
    const split = { ...pair(), baseline: larger.subarray(0, file(255).length), actual: larger.subarray(file(255).length) };
    expect(await pool.compare(split)).toMatchObject({ comparison: { diffPixels: 600 } });
    expect(larger.length).toBeGreaterThan(0);
  });

  test('compares a file with itself', async () => {
    await using pool = createComparePool({ workerUrl, workers: 1 });
    const same = file(1);
    expect(await pool.compare({ ...pair(), baseline: same, actual: same })).toMatchObject({ status: 'unchanged' });
  });

  test('leaves files that are equal to a worker as well: their chunks may be by the million', async () => {
    const answers = script(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ kind, pair }) => parentPort.postMessage([kind, pair.baseline.length]));
    `);
    await using pool = createComparePool({ workerUrl: answers, workers: 1 });
    expect(await pool.compare({ ...pair(), baseline: file(255), actual: file(255) })).toEqual(['compare', file(255).length]);
  });

  test('loads a pair when its turn has come, so that a queue holds no files', async () => {
    await using pool = createComparePool({ workerUrl, workers: 2 });
    let [held, most] = [0, 0];
    const comparisons = Array.from({ length: 20 }, async (_, index) => {
      const result = await pool.compare(async () => {
        held += 1;
        most = Math.max(most, held);
        return pair(index);
      });
      held -= 1;
      return result;
    });
    const results = await Promise.all(comparisons);
    expect(results.map(({ kind }) => kind)).toEqual(Array.from({ length: 20 }, () => 'compared'));
    // One for each worker and one that is loaded meanwhile; one more because the next is loaded before the one who asked is told.
    expect(most).toBeLessThanOrEqual(4);
  });

  test('passes on why a pair could not be loaded, and goes on', async () => {
    await using pool = createComparePool({ workerUrl, workers: 1 });
    const failing = pool.compare(async () => {
      throw new Error('the disk is gone');
    });
    await expect(failing).rejects.toThrow('the disk is gone');
    expect(await pool.compare(pair())).toMatchObject({ kind: 'compared' });
  });
});

describe('a worker that', () => {
  const answersOnce = (code: string) =>
    script(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (request) => {
      if (request.bytes?.[0] === 1) { ${code} }
      else parentPort.postMessage({ kind: 'image', format: 'png', size: { width: 1, height: 1 } });
    });
  `);
  const never = { sleep: () => new Promise<void>(() => {}) };

  test.each<[string, URL, RegExp]>([
    ['is not there', new URL('file:///nowhere/worker.js'), /cannot be started: Cannot find module/],
    ['cannot be loaded', lines('throw new Error("EMFILE: too many open files");'), /started: EMFILE: too many open files\.$/],
    ['ends at once', lines('process.exit(0);'), /started: it ended the comparison worker\.$/],
    [
      'is another program',
      lines('import { parentPort } from "node:worker_threads"; parentPort.postMessage(1);'),
      /started: it said something else/,
    ],
  ])('%s is a fault of this machine, and no picture’s', async (_, workerUrl, reason) => {
    await using pool = createComparePool({ workerUrl, workers: 1 });
    for (const asked of [pool.inspect(file(1)), pool.compare(pair())]) {
      await expect(asked).rejects.toThrow(LocalFault);
      await expect(asked).rejects.toThrow(reason);
    }
    // No verdict hangs on these, and the report is written without them.
    expect(await pool.thumbnail(file(1), { width: 10, height: 10 })).toBeUndefined();
  });

  test('does not start in time is a fault of this machine as well', async () => {
    const hasty = { sleep: async () => {} };
    await using pool = createComparePool({ workerUrl: lines('for (;;);'), workers: 1, clock: hasty });
    await expect(pool.inspect(file(1))).rejects.toThrow('cannot be started: it took longer than 60 seconds.');
  });

  test.each<[string, string, string]>([
    ['exits', 'process.exit(1)', 'decoding it ended the comparison worker'],
    ['throws', 'throw new Error("oops")', 'decoding it broke the comparison worker (oops)'],
    [
      'runs out of memory',
      'const all = []; for (;;) all.push(new Array(1e6).fill(0))',
      'decoding it broke the comparison worker (Worker terminated due to reaching memory limit: JS heap out of memory)',
    ],
  ])('%s is replaced, and what it had is told as unreadable', async (_, code, reason) => {
    await using pool = createComparePool({ workerUrl: answersOnce(code), workers: 1, clock: never });
    expect(await pool.inspect(Buffer.from([1]))).toEqual({ kind: 'unreadable', reason });
    expect(await pool.inspect(Buffer.from([0]))).toMatchObject({ kind: 'image' });
  });

  test('never answers is ended when its time is over', async () => {
    const limitsMs: number[] = [];
    // The time of every second request is up at once: those that are not the start of a worker.
    const clock = {
      sleep: async (delayMs: number) => {
        limitsMs.push(delayMs);
        await (limitsMs.length % 2 === 1 ? new Promise<void>(() => {}) : undefined);
      },
    };
    await using pool = createComparePool({ workerUrl: answersOnce('for (;;);'), workers: 1, clock });
    expect(await pool.inspect(Buffer.from([1]))).toEqual({
      kind: 'unreadable',
      reason: 'decoding it took longer than 60 seconds',
    });
    expect(await pool.compare(pair())).toEqual({
      kind: 'unreadable',
      which: 'baseline',
      reason: 'comparing with it took longer than 180 seconds',
    });
    expect(limitsMs).toEqual([60_000, 60_000, 60_000, 180_000]);
  });

  test('sees nothing of the environment', async () => {
    process.env['SECRET_OF_THE_TEST'] = 'sk_live_1';
    const tells = script(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => parentPort.postMessage({ kind: 'unreadable', reason: JSON.stringify(process.env) }));
    `);
    await using pool = createComparePool({ workerUrl: tells, workers: 1 });
    expect(await pool.inspect(Buffer.from([1]))).toEqual({ kind: 'unreadable', reason: '{}' });
    delete process.env['SECRET_OF_THE_TEST'];
  });
});
