import { describe, expect, test } from 'vitest';
import {
  addBrowser,
  browsersOf,
  describeBaseline,
  durationsOf,
  manifestEntry,
  parseManifest,
  readManifest,
  renderManifest,
} from '../../src/baseline/manifest.ts';
import { defined } from '../../src/basics/record.ts';
import { sha256 } from '../../src/system/sha256.ts';
import { environment } from './support.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = { sha256: sha256(bytes('picture')), environment, durationMs: 2300, run: 7 };

describe('the manifest', () => {
  test('reads back what it wrote, sorted, a line for each picture', () => {
    const text = renderManifest(
      new Map([
        ['b/mobile', entry],
        ['a "quoted"/mobile', entry],
      ]),
    );
    expect([...parseManifest(bytes(text))]).toEqual([
      ['a "quoted"/mobile', entry],
      ['b/mobile', entry],
    ]);
    expect(text.split('\n')).toHaveLength(8);
    expect([...parseManifest(bytes(renderManifest(new Map())))]).toEqual([]);
  });

  test('keeps the account’s limit as the run met it, on a line of its own', () => {
    const limit = { requests: 60, windowMs: 60_000 };
    const text = renderManifest(new Map([['a/mobile', entry]]), { limit });
    expect(text).toContain('\n  "limit": {"requests":60,"windowMs":60000},\n');
    expect(readManifest(bytes(text)).limit).toEqual(limit);
    expect([...parseManifest(bytes(text)).keys()]).toEqual(['a/mobile']);
  });

  test.each([
    undefined,
    '',
    '{}',
    '{"limit": 5}',
    '{"limit": {"requests": -1, "windowMs": 1000}}',
    '{"limit": {"requests": "60"}}',
  ])('a limit that is not understood is none: %j', (text) => {
    expect(readManifest(text === undefined ? undefined : bytes(text)).limit).toBeUndefined();
  });

  describe('the archives of browsers', () => {
    const [old, now] = ['chrome@153.0.8010.0 linux x64', 'chrome@154.0.8100.2 linux x64'];
    const hash = 'a'.repeat(64);
    const takenWith = (browser: string) => ({ ...entry, environment: { ...environment, browser } });

    test('are kept as long as a baseline was taken with one, a line for each', () => {
      const known = new Map([[old, hash]]);
      const browsers = addBrowser(known, { version: '154.0.8100.2', platform: 'linux x64', sha256: 'b'.repeat(64) });
      const both = new Map([
        ['a/mobile', takenWith('Chrome 153.0.8010.0')],
        ['b/mobile', takenWith('Chrome 154.0.8100.2')],
      ]);
      const text = renderManifest(both, { browsers });
      expect(text).toContain(`\n  "browsers": {\n    "${old}": "${hash}",\n    "${now}": "${'b'.repeat(64)}"\n  },\n`);
      expect(readManifest(bytes(text)).browsers).toEqual(browsers);
      both.set('a/mobile', takenWith('Chrome 154.0.8100.2'));
      expect([...readManifest(bytes(renderManifest(both, { browsers }))).browsers.keys()]).toEqual([now]);
      expect(renderManifest(new Map([['a/mobile', takenWith('Chrome 1.0.0.0')]]), { browsers })).not.toContain('browsers');
    });

    test.each([
      '{"browsers": []}',
      '{"browsers": {"chrome@154.0.8100.2 linux x64": "no hash"}}',
      `{"browsers": {"../../evil": "${hash}"}}`,
      '{broken',
    ])('that are not understood are none: %s', (text) => {
      expect([...readManifest(bytes(text)).browsers]).toEqual([]);
    });

    test('stand beside the browser of each first baseline', () => {
      const variant = takenWith('Chrome 154.0.8100.2');
      const manifest = new Map([
        ['a/mobile', takenWith('Chrome 153.0.8010.0')],
        ['a/mobile~2', variant],
      ]);
      expect([...browsersOf(manifest)]).toEqual([['a/mobile', 'Chrome 153.0.8010.0']]);
    });
  });

  test('says nothing of a picture that was replaced since', () => {
    const manifest = new Map([['a/mobile', entry]]);
    const [picture, another] = [bytes('picture'), bytes('another')];
    expect(describeBaseline(manifest, 'a/mobile', picture)).toEqual({ png: picture, environment });
    expect(describeBaseline(manifest, 'a/mobile', another)).toEqual({ png: another });
    expect(describeBaseline(manifest, 'b/mobile', picture)).toEqual({ png: picture });
  });

  test('keeps what moved between the takes of a baseline, as places', () => {
    const png = bytes('picture');
    const shade = { x: 5, y: 6, width: 7, height: 8, shade: true } as const;
    const noise = [
      { x: 1, y: 2, width: 3, height: 4, diffPixels: 12 },
      { ...shade, diffPixels: 56 },
    ];
    const manifest = new Map([['a/mobile', manifestEntry({ png, environment, noise })!]]);
    const read = parseManifest(bytes(renderManifest(manifest)));
    expect(describeBaseline(read, 'a/mobile', png)).toEqual({
      png,
      environment,
      noise: [{ x: 1, y: 2, width: 3, height: 4 }, shade],
    });
    expect(manifestEntry({ png, environment, noise: [] })).not.toHaveProperty('noise');
  });

  test('keeps what the selectors of mask cover, also nothing', () => {
    const png = bytes('picture');
    const masks = [
      { selector: '.ad', boxes: [{ x: 1, y: 2, width: 3, height: 4 }] },
      { selector: '.date', boxes: [] },
    ];
    const read = parseManifest(bytes(renderManifest(new Map([['a/mobile', manifestEntry({ png, environment, masks })!]]))));
    expect(describeBaseline(read, 'a/mobile', png)).toEqual({ png, environment, masks });
  });

  test.each(['"none"', '[{"x": -1, "y": 0, "width": 1, "height": 1}]', '[{"x": 0, "y": 0, "width": 1}]'])(
    'leaves an entry whose noise map is %s out',
    (noise) => {
      const text = JSON.stringify(entry).replace('{', `{"noise": ${noise}, `);
      expect(parseManifest(bytes(`{"version": 1, "captures": {"a/mobile": ${text}}}`)).size).toBe(0);
    },
  );

  test.each([
    [2310.4, 2400],
    [0.3, 100],
    [9e12, 86_400_000],
    [undefined, undefined],
  ])('takes a request of %s ms down as %s ms', (taken, written) => {
    const baseline = { png: bytes('picture'), environment, ...defined({ durationMs: taken }) };
    expect(manifestEntry(baseline, 7)?.durationMs).toBe(written);
    const manifest = parseManifest(bytes(renderManifest(new Map([['a/mobile', manifestEntry(baseline)!]]))));
    expect([...durationsOf(manifest)]).toEqual(written === undefined ? [] : [['a/mobile', written]]);
  });

  test.each(['"2300"', '-100', '0.5', '1e999', 'null'])('leaves a duration of %s out, and never fails by it', (durationMs) => {
    const good = JSON.stringify(entry);
    const bad = good.replace('2300', durationMs);
    const manifest = parseManifest(bytes(`{"version": 1, "captures": {"a/mobile": ${bad}, "b/mobile": ${good}}}`));
    expect([...durationsOf(manifest)]).toEqual([['b/mobile', 2300]]);
  });

  test.each([
    ['none', undefined],
    ['no JSON', '{'],
    ['another form', '[]'],
    ['a later version', '{"version": 2, "captures": {}}'],
    ['an entry of another form', `{"version": 1, "captures": {"a/mobile": {"sha256": "x"}, "b/mobile": 7}}`],
  ])('is empty for %s', (_, text) => {
    expect(parseManifest(text === undefined ? undefined : bytes(text)).size).toBe(0);
  });
});
