import { describe, expect, it } from 'vitest';
import { browserCacheFolder } from '../../src/browsers/cache-folder.ts';
import { readDownloadHost } from '../../src/browsers/download-host.ts';
import { parseStable } from '../../src/browsers/resolve-stable.ts';

describe('the cache of browsers', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['linux', {}, '/home/mia/.cache/visual-capture/browsers'],
    ['linux', { XDG_CACHE_HOME: '/big/cache' }, '/big/cache/visual-capture/browsers'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/home/mia/.cache/visual-capture/browsers'],
    ['linux', { RUNNER_TOOL_CACHE: '/opt/hostedtoolcache' }, '/opt/hostedtoolcache/visual-capture-browsers'],
    ['darwin', {}, '/home/mia/Library/Caches/visual-capture/browsers'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\mia\\AppData\\Local' }, 'C:\\Users\\mia\\AppData\\Local\\visual-capture\\browsers'],
    ['win32', { RUNNER_TOOL_CACHE: 'C:\\hostedtoolcache\\windows' }, 'C:\\hostedtoolcache\\windows\\visual-capture-browsers'],
  ])('of %s with %o is %s', (platform, env, folder) => {
    expect(browserCacheFolder({ platform, env, homeFolder: '/home/mia' })).toBe(folder);
  });
});

describe('the host of browsers', () => {
  const read = (url: string) => readDownloadHost({ PUPPETEER_CHROME_DOWNLOAD_BASE_URL: url });

  it('is Chrome for Testing’s own, unless a mirror is named', () => {
    expect(readDownloadHost({}).baseUrl).toBeUndefined();
    expect(read(' ').baseUrl).toBeUndefined();
    expect(readDownloadHost({}).versionsUrl.pathname).toBe('/chrome-for-testing/last-known-good-versions.json');
  });

  it('tells the newest version too, where it is a mirror', () => {
    const { baseUrl, versionsUrl } = read('https://mirror.example/chrome/');
    expect([baseUrl, versionsUrl.href]).toEqual([
      'https://mirror.example/chrome',
      'https://mirror.example/chrome/last-known-good-versions.json',
    ]);
  });

  it.each(['http://mirror.example', 'file:///tmp/chrome', 'mirror', 'https://mirror.example/?token=1'])('is not %s', (url) => {
    expect(() => read(url)).toThrow('PUPPETEER_CHROME_DOWNLOAD_BASE_URL holds no address');
  });

  it('may be plain http on this machine alone', () => {
    expect(read('http://127.0.0.1:8080').baseUrl).toBe('http://127.0.0.1:8080');
  });
});

it.each([
  ['{"channels": {"Stable": {"version": "154.0.8100.2"}}}', '154.0.8100.2'],
  ['{"channels": {"Beta": {"version": "155.0.8100.2"}}}', undefined],
  ['{"channels": {"Stable": {"version": "../../evil"}}}', undefined],
  ['<html>Sign in</html>', undefined],
  ['[]', undefined],
])('the stable version in %s is %s', (answer, version) => {
  expect(parseStable(answer)).toBe(version);
});
