import { describe, expect, it } from 'vitest';
import type { CaptureOutcome } from '../../src/capture/outcome.ts';
import { failure, makeCapture, makeCaptures, picture, runInVirtualTime, type VirtualRun } from '../helpers/virtual-run.ts';

const take = { afterMs: 1000, result: picture };

describe('taking a capture again while the run goes on', () => {
  it('goes before what was not sent yet, and is told to who asked alone', async () => {
    const again: CaptureOutcome[] = [];
    const run = await runInVirtualTime({
      captures: makeCaptures(4),
      options: { concurrency: 1 },
      answer: () => take,
      onOutcome: async ({ name }, _, takeAgain) => {
        if (name === 'page-1') {
          again.push(await takeAgain());
        }
      },
    });
    expect(run.sent.map(({ url }) => url.slice(-1)).join('')).toBe('01123');
    expect(run.calls).toHaveLength(4);
    expect(again).toMatchObject([{ status: 'captured', attempts: 1, durationMs: 1000 }]);
    expect(run.service).toMatchObject({ requests: 5, retries: 0, credits: 5 });
  });

  it('goes on when everything else has ended, as often as it is asked for', async () => {
    let asked = 0;
    const run = await runInVirtualTime({
      captures: makeCaptures(1),
      answer: () => take,
      onOutcome: async (_, __, takeAgain) => {
        for (; asked < 3; asked++) {
          expect((await takeAgain()).status).toBe('captured');
        }
      },
    });
    expect([asked, run.sent.length, run.endMs]).toEqual([3, 4, 4000]);
  });

  it('is repeated and held back like any other request', async () => {
    let outcome: CaptureOutcome | undefined;
    const run = await runInVirtualTime({
      captures: makeCaptures(1),
      answer: (_, nth) =>
        nth === 1 ? { afterMs: 10, result: failure('engine_busy', { status: 503, retryAfterMs: 5000 }) } : take,
      onOutcome: async (_, __, takeAgain) => {
        outcome = await takeAgain();
      },
    });
    expect(outcome).toMatchObject({ status: 'captured', attempts: 2 });
    expect(run.service.heldBackMs).toBeGreaterThanOrEqual(5000);
  });

  async function withCap(maxCaptures: number): Promise<{ run: VirtualRun; again: CaptureOutcome[] }> {
    const again: CaptureOutcome[] = [];
    const run = await runInVirtualTime({
      captures: makeCaptures(4),
      options: { concurrency: 2, maxCaptures },
      answer: () => take,
      onOutcome: async (_, __, takeAgain) => void again.push(await takeAgain()),
    });
    return { run, again };
  }

  it('never spends the credit that a first take may need, nor one above the cap', async () => {
    const tight = await withCap(4);
    expect([...tight.run.outcomes.values()].map(({ status }) => status)).toEqual(Array(4).fill('captured'));
    expect(tight.again.map(({ status }) => status)).toEqual(Array(4).fill('skipped'));
    expect([tight.run.service.credits, tight.run.stopped]).toEqual([4, undefined]);

    const wider = await withCap(6);
    expect(wider.again.filter(({ status }) => status === 'captured')).toHaveLength(2);
    expect([wider.run.service.credits, wider.run.stopped]).toEqual([6, undefined]);
  });

  it('is skipped with the reason once the run has stopped', async () => {
    const again: CaptureOutcome[] = [];
    await runInVirtualTime({
      captures: makeCaptures(3),
      options: { concurrency: 1, timeLimitMs: 1000 },
      answer: () => take,
      onOutcome: async (_, outcome, takeAgain) => {
        if (outcome.status === 'captured') {
          again.push(await takeAgain());
        }
      },
    });
    expect(again).toMatchObject([{ status: 'skipped', failure: { code: 'time_limit' }, attempts: 0 }]);
  });

  it('is shared by captures that share a request, however many wait for it', async () => {
    const again: CaptureOutcome[] = [];
    const captures = Array.from({ length: 60 }, (_, n) => makeCapture(`page-${n}`, 'https://site.example/same'));
    const run = await runInVirtualTime({
      captures,
      answer: () => take,
      onOutcome: async (_, __, takeAgain) => void again.push(await takeAgain()),
    });
    expect([run.sent.length, again.length]).toEqual([2, 60]);
  });

  it('does not hold the run back while many wait for theirs', async () => {
    const run = await runInVirtualTime({
      captures: makeCaptures(100),
      options: { concurrency: 4 },
      answer: () => take,
      onOutcome: async (_, __, takeAgain) => void (await takeAgain()),
    });
    expect(run.service.credits).toBe(200);
  });
});
