import { expect, test } from 'vitest';
import { browserEnvironment } from '../../../src/engine/browser/chrome-variables.ts';

test('passes on the addresses of proxies without user and password', () => {
  const env = {
    HTTPS_PROXY: 'http://me:p@ss@proxy.test:3128',
    http_proxy: 'me:pass@proxy.test:80',
    NO_PROXY: 'localhost,*.test',
  };
  expect(browserEnvironment(env, {})).toMatchObject({
    HTTPS_PROXY: 'http://proxy.test:3128',
    http_proxy: 'proxy.test:80',
    NO_PROXY: 'localhost,*.test',
  });
});

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
