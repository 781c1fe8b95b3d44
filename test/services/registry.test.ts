import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type ErrorCodeName, errorCodes, isServiceErrorCode } from '../../src/errors/codes.ts';
import { describeError } from '../../src/services/describe-error.ts';
import { captureApiOf, engineNames, keyPatterns, serviceNames, widestLimits } from '../../src/services/registry.ts';

const codes = Object.keys(errorCodes) as ErrorCodeName[];

test.each(codes)('%s has words whatever takes the pictures, and a status where a service sends it', (code) => {
  for (const engine of [...engineNames, 'files'] as const) {
    const { title, meaning, status } = describeError(code, engine);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(status !== undefined).toBe(isServiceErrorCode(code));
  }
});

test.each(serviceNames)('%s: its own limits are taken, its own keys are hidden, and its errors are understood', (name) => {
  const { limits, key, errors, classify } = captureApiOf(name);
  for (const limit of ['quality', 'viewportSidePx', 'deviceScaleFactor'] as const) {
    expect(widestLimits[limit].min).toBeLessThanOrEqual(limits[limit].min);
    expect(widestLimits[limit].max).toBeGreaterThanOrEqual(limits[limit].max);
  }
  expect(keyPatterns).toContain(key.pattern);
  expect(Object.keys(errors).every(isServiceErrorCode)).toBe(true);
  expect(classify({ status: 502, bodyText: '<html></html>' })).toBeUndefined();
});

test('an error of APIScreenshot counts with its own status alone', () => {
  const { classify } = captureApiOf('api');
  const says = (status: number, body: unknown) => classify({ status, bodyText: JSON.stringify(body) });
  expect(says(402, { error: 'payment_required', message: 'empty' })).toEqual({
    kind: 'documented',
    code: 'payment_required',
    message: 'empty',
  });
  expect(says(400, { error: 'payment_required' })).toMatchObject({ kind: 'undocumented', because: 'other-status' });
  expect(says(402, { error: 'toString' })).toMatchObject({ kind: 'undocumented', because: 'unknown' });
  expect([says(402, {}), says(402, [{ error: 'payment_required' }]), says(402, null)]).toEqual([undefined, undefined, undefined]);
});

test('what is known of APIScreenshot stands in its folder and nowhere else', async () => {
  const literals = /apiscreenshot\.com|APISCREENSHOT|screenshot:write|\/v1\/screenshot|sk_live|sk_test|\b(?:a|no|more) credit/;
  const elsewhere: string[] = [];
  for await (const file of glob('src/**/*.ts', { exclude: ['src/services/**', '**/*.generated.ts'] })) {
    if (literals.test(await readFile(file, 'utf8'))) {
      elsewhere.push(file);
    }
  }
  expect(elsewhere).toEqual([]);
});
