import { describe, expect, test } from 'vitest';
import { compareEnvironments } from '../../src/environment/compare.ts';
import { describeEnvironment, type RunEnvironment } from '../../src/environment/describe.ts';
import type { Capture, CaptureSettings } from '../../src/plan/capture.ts';

const run: RunEnvironment = {
  engine: 'local',
  browser: 'Chrome 153.0.8010.0',
  platform: 'linux x64',
  versions: { visualCapture: '0.1.0', pixelmatch: '7.2.0' },
};

const describeWith = (settings: Partial<CaptureSettings> = {}, more: Partial<RunEnvironment> = {}, scale = 1) => {
  const capture: Capture = {
    id: 'a/desktop',
    name: 'a',
    viewport: { name: 'desktop', width: 1280, height: 800, scale },
    page: { kind: 'url', url: 'https://site.dev/a' },
    settings: { format: 'png', ...settings },
    compare: { threshold: 0.1, includeAntiAliasing: false, mask: [] },
  };
  return describeEnvironment(capture, { ...run, ...more });
};

describe('how a picture was taken', () => {
  test('is engine, browser, system, viewport, scale, options and versions', () => {
    expect(describeWith({ fullPage: true, waitUntil: 'load', selector: '#a' }, {}, 2)).toEqual({
      ...run,
      viewport: '1280x800@2',
      options: { 'full-page': 'true', 'wait-until': 'load', selector: '#a' },
    });
  });

  test('holds nothing of api-options but a hash, which credentials do not enter', () => {
    const options = (apiOptions: Record<string, unknown>) => describeWith({ apiOptions }).options['api-options'];
    expect(options({ emulate: 'dark' })).toMatch(/^[0-9a-f]{8}$/);
    expect(options({ emulate: 'dark' })).not.toBe(options({ emulate: 'light' }));
    expect(options({ a: 1, b: 2 })).toBe(options({ b: 2, a: 1 }));
    expect(options({ cookies: ['one'] })).toBe(options({ cookies: ['two'], setExtraHTTPHeaders: { x: 'y' }, authenticate: {} }));
  });
});

describe('what is not as it was', () => {
  test('nothing, for the same', () => {
    expect(compareEnvironments(describeWith(), describeWith())).toEqual([]);
  });

  test('is named with both sides, most telling first', () => {
    const newer = {
      browser: 'Chrome 154.0.8100.2',
      platform: 'darwin arm64',
      versions: { visualCapture: '0.2.0', pixelmatch: '8' },
    };
    expect(compareEnvironments(describeWith({ selector: '#a' }), describeWith({ fullPage: true }, newer, 2))).toEqual([
      { what: 'browser', baseline: 'Chrome 153.0.8010.0', actual: 'Chrome 154.0.8100.2' },
      { what: 'system', baseline: 'linux x64', actual: 'darwin arm64' },
      { what: 'viewport', baseline: '1280x800@1', actual: '1280x800@2' },
      { what: 'selector', baseline: '#a', actual: 'not set' },
      { what: 'full-page', baseline: 'not set', actual: 'true' },
      { what: 'Visual Capture', baseline: '0.1.0', actual: '0.2.0' },
      { what: 'pixelmatch', baseline: '7.2.0', actual: '8' },
    ]);
  });

  test('is not what only one side knows, nor our version where the hosted service took the pictures', () => {
    const { browser: _, platform: __, ...hosted } = { ...describeWith(), engine: 'api' as const };
    expect(
      compareEnvironments(hosted, { ...hosted, browser: 'Chrome 1', versions: { ...hosted.versions, visualCapture: '9' } }),
    ).toEqual([]);
    expect(compareEnvironments(hosted, describeWith())).toEqual([{ what: 'engine', baseline: 'api', actual: 'local' }]);
  });
});
