import { describe, expect, test } from 'vitest';
import { decideAfterFailure, mayHaveBeenBilled, readWay, retryRule } from '../../src/capture/decide.ts';
import { type ErrorCodeName, errorCode, errorCodes } from '../../src/errors/codes.ts';
import { defaultApi } from '../../src/services/registry.ts';
import { failure } from '../helpers/virtual-run.ts';

const names = Object.keys(errorCodes) as ErrorCodeName[];
const first = { spentAttempts: 1, maxAttempts: 6, earlier: [] } as const;

describe('every code of the error table', () => {
  test.each(names)('%s', (code) => {
    const { retry } = errorCode(code);
    const expected = { never: 'give-up', once: 'repeat-later', backoff: 'repeat-later', hold: 'repeat-after-hold' } as const;
    expect(decideAfterFailure({ code }, first)).toBe(expected[retry]);
  });

  test.each(names)('%s is not repeated beyond max-attempts', (code) => {
    expect(decideAfterFailure({ code }, { ...first, spentAttempts: 6 })).toBe('give-up');
  });
});

test('what may be repeated once is given up the second time', () => {
  expect(decideAfterFailure({ code: 'render_timeout' }, { ...first, spentAttempts: 3, earlier: ['engine_busy'] })).toBe(
    'repeat-later',
  );
  expect(decideAfterFailure({ code: 'render_timeout' }, { ...first, spentAttempts: 3, earlier: ['render_timeout'] })).toBe(
    'give-up',
  );
});

test.each([
  [200, 'once'],
  [204, 'once'],
  [301, 'never'],
  [404, 'never'],
  [418, 'never'],
  [500, 'backoff'],
  [502, 'backoff'],
] as const)('an unexpected answer with status %i is repeated: %s', (status, rule) => {
  expect(retryRule({ code: 'unexpected_response', status })).toBe(rule);
});

test.each([
  ['a lost answer', failure('network_error'), true],
  ['no connection at all', failure('network_error', { neverSent: true }), false],
  ['a timeout', failure('attempt_timeout'), true],
  ['a success without a picture', failure('unexpected_response', { status: 200 }), true],
  ['a redirect', failure('unexpected_response', { status: 302 }), false],
  ['a server error, which is refunded', failure('unexpected_response', { status: 502 }), false],
  ['a refusal', failure('engine_busy', { status: 503 }), false],
  ['a request that was ended here', { kind: 'aborted' } as const, true],
])('%s may have been billed: %j', (_, result, expected) => {
  if (result.kind === 'image') {
    throw new Error('not a failure');
  }
  expect(mayHaveBeenBilled(result, defaultApi.billing)).toBe(expected);
});

test.each([
  ['network_error', undefined, 'unanswered'],
  ['unexpected_response', 502, 'unanswered'],
  ['unexpected_response', 404, 'answered'],
  ['unexpected_response', 200, 'answered'],
  ['attempt_timeout', undefined, 'silence'],
  ['engine_busy', 503, 'answered'],
  ['selector_not_found', 400, 'answered'],
] as const)('%s %j tells of the way to the service: %s', (code, status, way) => {
  expect(readWay({ code, ...(status === undefined ? {} : { status }) })).toBe(way);
});
