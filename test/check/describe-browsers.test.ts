import { describe, expect, it } from 'vitest';
import { describeOtherBrowsers, describeUnused } from '../../src/check/describe-browsers.ts';
import { versionOfBrowser } from '../../src/plan/browser.ts';

const now = 'Chrome 154.0.8100.2';

describe('baselines of another browser', () => {
  it('are counted by their browser, the most frequent first, with both ways out', () => {
    const others = ['Chrome 152.0.7900.1', 'Chrome 153.0.8010.0', 'Chrome 153.0.8010.0', now];
    const told = describeOtherBrowsers(others, now, { updating: false });
    expect(told).toContain(
      '3 of 4 baselines were taken with another browser than Chrome 154.0.8100.2: Chrome 153.0.8010.0 (2), Chrome 152.0.7900.1 (1). What differs may come from that.',
    );
    expect(told).toContain('set browser: chrome@153.0.8010.0');
    expect(told).toContain('update-baselines: browser');
  });

  it('are told without a way out while they are taken anew', () => {
    expect(describeOtherBrowsers(['Chrome 153.0.8010.0'], now, { updating: true })).toBe(
      '1 of 1 baseline was taken with another browser than Chrome 154.0.8100.2: Chrome 153.0.8010.0 (1).',
    );
  });

  it('are named without a version to pin where that is none of Chrome', () => {
    expect(describeOtherBrowsers(['HeadlessChrome 120.0.0.0'], now, { updating: false })).not.toContain('set browser');
  });

  it('are not told where there are none', () => {
    expect(describeOtherBrowsers([now, now], now, { updating: false })).toBeUndefined();
    expect(describeOtherBrowsers([], now, { updating: false })).toBeUndefined();
  });
});

it('says that a service has a browser of its own', () => {
  expect(describeUnused('api', ['browser'])).toBe(
    'browser has no effect with engine: api: the service captures with a browser of its own.',
  );
  expect(describeUnused('api', ['browser', 'browser-path'])).toContain('browser and browser-path have no effect');
});

it.each([
  ['Chrome 153.0.8010.0', '153.0.8010.0'],
  ['HeadlessChrome 153.0.8010.0', undefined],
  ['Edg 153.0.8010.0', undefined],
  ['Chrome 153', undefined],
  ['Chrome ../../evil', undefined],
])('of %s the version that can be downloaded is %s', (name, version) => {
  expect(versionOfBrowser(name)).toBe(version);
});
