import { describe, expect, test } from 'vitest';
import { awaitAnswer, isOtherBuild, readBuildMark } from '../../src/page-check/await-answer.ts';
import type { PageAnswer } from '../../src/page-check/problem.ts';
import { VirtualClock } from '../helpers/virtual-time.ts';

const answered = (status: number, etag?: string): PageAnswer => ({ kind: 'answer', status, contentType: 'text/html', etag });
const refused: PageAnswer = { kind: 'unreachable', reason: 'the connection was refused', passing: true };

/** Waits at most 300 s for an address that answers so at each second. */
async function wait(answer: (seconds: number) => PageAnswer) {
  const clock = new VirtualClock();
  const told: string[] = [];
  const waiting = awaitAnswer(300_000, {
    ask: async () => answer(clock.nowMs() / 1000),
    clock,
    signal: new AbortController().signal,
    onWaiting: (line) => told.push(line),
  });
  const because = await clock.run(waiting);
  return { because, told, tookMs: clock.nowMs() };
}

describe('an address', () => {
  test.each([
    ['a page', answered(200)],
    ['a page that is shut', answered(401)],
    ['a redirect to a sign-on', { kind: 'leaves', to: new URL('https://login.example') } as const],
  ])('that answers with %s is served', async (_, answer) => {
    expect(await wait(() => answer)).toEqual({ because: undefined, told: [], tookMs: 0 });
  });

  test.each([
    ['silence', refused, 'the connection was refused'],
    ['a server error', answered(502), 'HTTP 502'],
    ['no such page', answered(404), 'HTTP 404'],
  ])('that first answers with %s is waited for, which is told once', async (_, first, words) => {
    const { because, told, tookMs } = await wait((seconds) => (seconds < 30 ? first : answered(200)));
    expect([because, told]).toEqual([undefined, [words]]);
    expect(tookMs).toBeLessThan(45_000);
  });

  test('that has no page of that path is taken after a minute', async () => {
    const { because, tookMs } = await wait(() => answered(404));
    expect(because).toBeUndefined();
    expect(tookMs).toBeGreaterThanOrEqual(60_000);
    expect(tookMs).toBeLessThan(75_000);
  });

  test('that never is served is given up, with what it answered last', async () => {
    const { because, tookMs } = await wait(() => answered(503));
    expect(because).toBe('HTTP 503');
    expect(tookMs).toBeLessThanOrEqual(300_000);
  });
});

describe('a build', () => {
  const first = answered(200, '"abc"');
  test.each<[string, PageAnswer, PageAnswer, boolean]>([
    ['has the same ETag', first, answered(200, '"abc"'), false],
    ['has it in the weak form of a proxy', first, answered(200, 'W/"abc"'), false],
    ['has another ETag', first, answered(200, '"def"'), true],
    ['has none any more', first, answered(200), false],
    ['answers with an error', first, answered(500, '"def"'), false],
  ])('that %s', (_, before, after, other) => {
    expect(isOtherBuild(readBuildMark(before, before), after)).toBe(other);
  });

  test('whose page has another ETag at each request is told from no other', () => {
    const mark = readBuildMark(first, answered(200, '"def"'));
    expect([mark, isOtherBuild(mark, answered(200, '"ghi"'))]).toEqual([undefined, false]);
  });
});
