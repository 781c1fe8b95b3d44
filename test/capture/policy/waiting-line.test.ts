import { describe, expect, test } from 'vitest';
import { groupIntoJobs, type Job } from '../../../src/capture/job.ts';
import { WaitingLine } from '../../../src/capture/policy/waiting-line.ts';
import { renderRequest } from '../../helpers/request.ts';
import { makeCapture, makeCaptures } from '../../helpers/virtual-run.ts';

const now = { nowMs: 0, risky: false, slowMayGo: true, freshMayGo: true };
const nameOf = (job: Job | undefined): string | undefined => job?.captures[0].name;

function takeAllOf(line: WaitingLine): (string | undefined)[] {
  return Array.from({ length: line.size }, () => nameOf(line.take(now)));
}

test('captures without known durations keep their order', () => {
  expect(takeAllOf(new WaitingLine(groupIntoJobs(makeCaptures(4), renderRequest)))).toEqual([
    'page-0',
    'page-1',
    'page-2',
    'page-3',
  ]);
});

test('those that took longest go first, unknown ones count as the median', () => {
  const durations = new Map([
    ['page-0/small', 1000],
    ['page-2/small', 9000],
    ['page-3/small', 3000],
  ]);
  expect(takeAllOf(new WaitingLine(groupIntoJobs(makeCaptures(4), renderRequest, durations)))).toEqual([
    'page-2',
    'page-1',
    'page-3',
    'page-0',
  ]);
});

test('identical requests are one job', () => {
  const jobs = groupIntoJobs(
    [makeCapture('a', 'https://x.example/'), makeCapture('b', 'https://x.example/'), makeCapture('c')],
    renderRequest,
  );
  expect(jobs.map(({ captures }) => captures.map(({ name }) => name))).toEqual([['a', 'b'], ['c']]);
});

describe('repeated captures', () => {
  function withRepeat(change: Partial<Job>): WaitingLine {
    const [repeat, ...others] = groupIntoJobs(makeCaptures(3), renderRequest);
    const line = new WaitingLine(others);
    line.putBack(Object.assign(repeat!, change));
    return line;
  }

  test('go first', () => {
    expect(nameOf(withRepeat({ attempts: 1 }).take(now))).toBe('page-0');
  });

  test('wait until their backoff is over', () => {
    const line = withRepeat({ attempts: 1, notBeforeMs: 500 });
    expect(nameOf(line.take(now))).toBe('page-1');
    expect(nameOf(line.take({ ...now, nowMs: 500 }))).toBe('page-0');
  });

  test('are spared where the request may well be refused', () => {
    expect(nameOf(withRepeat({ attempts: 5 }).take({ ...now, risky: true }))).toBe('page-1');
  });

  test('that ran into a timeout stand back, unless nothing else waits', () => {
    const line = withRepeat({ attempts: 1, failures: [{ code: 'attempt_timeout' }] });
    const crowded = { ...now, slowMayGo: false };
    expect([1, 2, 3].map(() => nameOf(line.take(crowded)))).toEqual(['page-1', 'page-2', 'page-0']);
  });

  test('that the service refuses again and again go last, so that they hold nobody back', () => {
    const line = withRepeat({ attempts: 20 });
    expect([1, 2, 3].map(() => nameOf(line.take(now)))).toEqual(['page-1', 'page-2', 'page-0']);
  });
});
