import { expect, test } from 'vitest';
import { type Fault, parseFaults } from '../../../src/engine/faults/parse.ts';
import { scheduleFaults } from '../../../src/engine/faults/schedule.ts';
import { UserError } from '../../../src/errors/user-error.ts';

test.each<[string, Fault]>([
  ['engine_busy', { action: { kind: 'error', code: 'engine_busy' }, when: {} }],
  ['engine_busy:first=3,retry-after=2', { action: { kind: 'error', code: 'engine_busy', retryAfter: '2' }, when: { first: 3 } }],
  [
    'rate_limited:retry-after=Sun, 06 Nov 1994 08:49:37 GMT,every=5',
    { action: { kind: 'error', code: 'rate_limited', retryAfter: 'Sun, 06 Nov 1994 08:49:37 GMT' }, when: { every: 5 } },
  ],
  ['render_timeout:match=http://a/b,c', { action: { kind: 'error', code: 'render_timeout' }, when: { match: 'http://a/b,c' } }],
  ['reset:rate=0.02,seed=7', { action: { kind: 'reset' }, when: { rate: 0.02, seed: 7 } }],
  ['delay', { action: { kind: 'delay', delayMs: 1000 }, when: {} }],
  ['delay:ms=50', { action: { kind: 'delay', delayMs: 50 }, when: {} }],
])('%s', (spec, fault) => {
  expect(parseFaults([spec])).toEqual([fault]);
});

test('tells everything that is wrong with all of them, and how to write them', () => {
  const specs = ['busy', 'reset:first=0,retry-after=2', 'delay:ms=soon', 'engine_busy:rate=1.5', 'silence:', 'network_error'];
  let thrown: unknown;
  try {
    parseFaults(specs);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(UserError);
  expect((thrown as UserError).message.split('; ')).toEqual([
    'Wrong fault: "busy": there is no fault "busy"',
    '"reset:first=0,retry-after=2": first must be a whole number from 1',
    '"reset:first=0,retry-after=2": reset has no setting "retry-after"',
    '"delay:ms=soon": ms must be a whole number from 0',
    '"engine_busy:rate=1.5": rate must be a number from 0 to 1',
    '"network_error": there is no fault "network_error".',
  ]);
  expect((thrown as UserError).fix).toContain('html-502');
});

/** Which of the subjects the fault applies to. */
function strikes(spec: string, subjects: readonly string[]): boolean[] {
  const faultsFor = scheduleFaults(parseFaults([spec]));
  return subjects.map((subject) => faultsFor(subject).length > 0);
}

const six = ['/a', '/b', '/a', '/b', '/a', '/b'];

test.each([
  ['reset', [true, true, true, true, true, true]],
  ['reset:first=2', [true, true, false, false, false, false]],
  ['reset:every=3', [false, false, true, false, false, true]],
  ['reset:match=/b', [false, true, false, true, false, true]],
  ['reset:match=/b,first=1', [false, true, false, false, false, false]],
  ['reset:match=/b,every=2', [false, false, false, true, false, false]],
  ['reset:rate=0', [false, false, false, false, false, false]],
  ['reset:rate=1', [true, true, true, true, true, true]],
])('%s', (spec, expected) => {
  expect(strikes(spec, six)).toEqual(expected);
});

test('chance is the same for the same seed and about as often as it says', () => {
  const many = Array.from({ length: 2_000 }, () => '/');
  const count = (spec: string): number => strikes(spec, many).filter(Boolean).length;
  expect(strikes('reset:rate=0.1,seed=3', many)).toEqual(strikes('reset:rate=0.1,seed=3', many));
  expect(strikes('reset:rate=0.1,seed=3', many)).not.toEqual(strikes('reset:rate=0.1,seed=4', many));
  expect(count('reset:rate=0.1')).toBeGreaterThan(150);
  expect(count('reset:rate=0.1')).toBeLessThan(250);
});

test('faults do not change when others strike', () => {
  const together = scheduleFaults(parseFaults(['reset:first=1', 'engine_busy:every=2']));
  expect(six.map((subject) => together(subject).map(({ kind }) => kind))).toEqual([
    ['reset'],
    ['error'],
    [],
    ['error'],
    [],
    ['error'],
  ]);
});
