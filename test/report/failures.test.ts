import { expect, test } from 'vitest';
import { groupFailures } from '../../src/report/failures.ts';
import { makeCapture, makeFailure, makeReport, outOfCredits } from './support/reports.ts';

test('what stopped the run is one reason, in the words of the whole run', () => {
  const [group, ...others] = groupFailures(outOfCredits());
  expect(others).toEqual([]);
  expect(group).toMatchObject({
    runWide: true,
    failure: { code: 'payment_required', fix: expect.stringContaining('30 captures left undone') },
  });
  expect([group?.failed.length, group?.skipped.length]).toEqual([1, 29]);
});

test('what stopped the run is one reason although it is told in several words', () => {
  const stopped = makeFailure('network_error', { detail: 'connection refused' });
  const groups = groupFailures(
    makeReport(
      [
        makeCapture('a', { status: 'failed', error: makeFailure('network_error', { detail: 'no route' }) }),
        makeCapture('b', { status: 'failed', error: stopped }),
        makeCapture('c', { status: 'skipped', error: stopped }),
      ],
      { stopped },
    ),
  );
  expect(groups.map(({ failed, skipped }) => [failed.length, skipped.length])).toEqual([[2, 1]]);
});

test('what stopped the run lies with the run, whatever its code is, such as a login that failed', () => {
  const stopped = makeFailure('step_failed', { detail: 'The login failed' });
  const skipped = ['a', 'b'].map((name) => makeCapture(name, { status: 'skipped', error: stopped }));
  expect(groupFailures(makeReport(skipped, { stopped }))).toMatchObject([{ runWide: true, skipped }]);
});

test('reasons of captures stay apart unless they are told in the same words, and come after those of the run', () => {
  const groups = groupFailures(
    makeReport([
      makeCapture('a', { status: 'failed', error: makeFailure('render_timeout', { detail: 'a' }) }),
      makeCapture('b', { status: 'failed', error: makeFailure('render_timeout', { detail: 'b' }) }),
      makeCapture('c', { status: 'failed', error: makeFailure('render_timeout', { detail: 'b' }) }),
      makeCapture('d', { status: 'failed', error: makeFailure('engine_busy', { detail: 'd' }) }),
      makeCapture('e', { status: 'failed', error: makeFailure('engine_busy', { detail: 'e' }) }),
    ]),
  );
  expect(groups.map(({ failed }) => failed.map(({ name }) => name).join())).toEqual(['d,e', 'b,c', 'a']);
});
