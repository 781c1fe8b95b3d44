import { expect, it } from 'vitest';
import type { SchedulerEvent } from '../../src/capture/scheduler.ts';
import { barProgress } from '../../src/progress/bar.ts';
import { lineProgress } from '../../src/progress/lines.ts';
import type { CaptureStatus } from '../../src/results/model.ts';
import type { Clock, Log } from '../../src/system/ports.ts';
import { completeCapture } from '../report/support/reports.ts';

/** Back to the start of the line, which is emptied. */
const redraw = `\r${String.fromCharCode(27)}[2K`;

/** A clock that stands still until it is set. */
function stoppedClock(): Clock & { now: number } {
  return {
    now: 0,
    nowMs() {
      return this.now;
    },
    date: () => new Date(0),
    sleep: () => Promise.resolve(),
  };
}

function listLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const keep = (text: string): void => {
    lines.push(text);
  };
  return {
    lines,
    log: {
      debug: keep,
      info: keep,
      warn: keep,
      error: keep,
      startGroup: (title) => keep(`> ${title}`),
      endGroup: () => keep('<'),
    },
  };
}

const capture = (id: string, status: CaptureStatus, attempts = 1) =>
  completeCapture({
    id,
    name: id,
    viewport: { name: 'v', width: 1, height: 1, scale: 1 },
    status,
    unstable: false,
    attempts,
    durationMs: 1500,
    files: {},
  });
const busy = (holdMs: number): SchedulerEvent => ({
  kind: 'held-back',
  reason: 'engine_busy',
  holdMs,
  retryAfterMs: holdMs,
  atMs: 0,
});

it('lines: one per capture and per news, and now and then how far the run is', () => {
  const { log, lines } = listLog();
  const clock = stoppedClock();
  const progress = lineProgress(log, clock);
  progress.start(4, 'api');
  progress.done(capture('a\u001b[31m', 'unchanged'), undefined);
  progress.service(busy(4000));
  clock.now = 200;
  progress.service(busy(4100));
  clock.now = 16_000;
  progress.service({ kind: 'opened', heldBackMs: 4300, atMs: 16_000 });
  progress.done(capture('b', 'failed', 3), 'engine_busy');
  progress.service({ kind: 'stopped', failure: { code: 'time_limit' }, undone: 2, underWay: 3, atMs: 16_000 });
  progress.stop();
  expect(lines).toEqual([
    '> Capturing 4',
    String.raw`✓ Unchanged  a\u001b[31m  1.5 s`,
    '… The engine is at capacity (engine_busy): every capture waits 4.0 s, as the service asked (Retry-After 4.0 s)',
    '✗ Failed     b  engine_busy  3 attempts  1.5 s',
    '  2 of 4 done: 1 failed, 1 unchanged',
    '✗ The run stops: The time limit was reached (time_limit); 2 captures left undone, 3 still under way',
    '<',
  ]);
});

it('bar: redrawn in place, with a line above it for what is worth a look', () => {
  const written: string[] = [];
  const clock = stoppedClock();
  const progress = barProgress((text) => written.push(text), 60, clock);
  progress.start(2, 'api');
  progress.done(capture('a', 'unchanged'), undefined);
  progress.service(busy(3000));
  progress.done(capture('b', 'changed'), undefined);
  progress.stop();
  const screen = written
    .join('')
    .split('\n')
    .map((line) => line.split(redraw).at(-1));
  expect(screen[0]).toContain('every capture waits 3.0 s');
  expect(screen[1]).toContain('≠ Changed    b');
  expect(screen.at(-1)).toBe('');
  expect(
    Math.max(
      ...written
        .join('')
        .replaceAll(redraw, '\n')
        .split('\n')
        .filter((line) => /[█░]/.test(line))
        .map((line) => line.length),
    ),
  ).toBeLessThan(60);
});
