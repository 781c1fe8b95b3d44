import { describe, expect, test } from 'vitest';
import { groupIntoJobs, type Job } from '../../../src/capture/job.ts';
import { Breaker } from '../../../src/capture/policy/breaker.ts';
import { renderRequest } from '../../helpers/request.ts';
import { makeCaptures } from '../../helpers/virtual-run.ts';

const [one, two, three] = groupIntoJobs(makeCaptures(3), renderRequest) as [Job, Job, Job];
const facts = { sentMs: 100, nowMs: 200, mayBeOwn: true, isLast: false };

describe('a few faults in a row', () => {
  test('break the way, whoever’s they are, and count against nobody', () => {
    const breaker = new Breaker();
    expect([one, two, one].map((job) => breaker.fault(job, facts).kind)).toEqual(['undecided', 'undecided', 'broken']);
    expect(breaker.isBroken).toBe(true);
    expect(breaker.answered(300).size).toBe(0);
    expect(breaker.isBroken).toBe(false);
  });

  test('are their captures’ own when others are answered in between', () => {
    const breaker = new Breaker();
    breaker.fault(one, facts);
    breaker.fault(one, facts);
    expect([...breaker.answered(300)]).toEqual([[one, 2]]);
    expect(breaker.fault(one, facts).kind).toBe('own');
    expect(breaker.fault(two, facts).kind).toBe('undecided');
  });

  test('are the capture’s own when none is left that could show the way to be open', () => {
    expect(new Breaker().fault(one, { ...facts, isLast: true }).kind).toBe('own');
  });
});

test('an answer to a request from before the way broke does not mend it', () => {
  const breaker = new Breaker();
  for (const job of [one, two, three]) {
    breaker.fault(job, facts);
  }
  breaker.answered(150);
  expect(breaker.isBroken).toBe(true);
});

test('the pauses grow, up to a bound, with requests that were sent to look, and not with those that were under way', () => {
  const breaker = new Breaker();
  const pauseOf = (sentMs: number): number => {
    const fault = breaker.fault(one, { ...facts, sentMs });
    return fault.kind === 'broken' ? fault.pauseMs : Number.NaN;
  };
  pauseOf(100);
  pauseOf(100);
  expect([pauseOf(100), pauseOf(150), pauseOf(500), pauseOf(900)]).toEqual([1000, 0, 1200, 1440]);
  const later = Array.from({ length: 40 }, () => pauseOf(5000));
  expect(later.at(-1)).toBe(15_000);
});
