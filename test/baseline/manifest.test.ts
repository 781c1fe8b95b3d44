import { describe, expect, test } from 'vitest';
import { environmentOf, hashPng, parseManifest, renderManifest } from '../../src/baseline/manifest.ts';
import { environment } from './support.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entry = { sha256: hashPng(bytes('picture')), environment, run: 7 };

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

  test('says nothing of a picture that was replaced since', () => {
    const manifest = new Map([['a/mobile', entry]]);
    expect(environmentOf(manifest, 'a/mobile', bytes('picture'))).toEqual(environment);
    expect(environmentOf(manifest, 'a/mobile', bytes('another'))).toBeUndefined();
    expect(environmentOf(manifest, 'b/mobile', bytes('picture'))).toBeUndefined();
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
