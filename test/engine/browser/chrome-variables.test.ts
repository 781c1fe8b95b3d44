import { expect, test } from 'vitest';
import { browserEnvironment } from '../../../src/engine/browser/chrome-variables.ts';

test('passes on what a browser needs and no secret', () => {
  const env = { Path: '/bin', HOME: '/root', 'INPUT_API-KEY': 'sk_live', GITHUB_TOKEN: 'ghs_1', TZ: 'Asia/Tokyo', LANG: 'de_DE' };
  expect(browserEnvironment(env, { LD_LIBRARY_PATH: '/lib' })).toEqual({
    Path: '/bin',
    HOME: '/root',
    LANG: 'en_US.UTF-8',
    LANGUAGE: 'en_US',
    TZ: 'UTC',
    LD_LIBRARY_PATH: '/lib',
  });
});
