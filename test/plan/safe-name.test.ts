import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFromUrl, toSafeName, unsafeNameReason } from '../../src/plan/safe-name.ts';

describe('nameFromUrl', () => {
  it.each([
    ['https://x.dev', 'index'],
    ['https://x.dev/', 'index'],
    ['https://x.dev/pricing', 'pricing'],
    ['https://x.dev/docs/a/', 'docs/a'],
    ['https://x.dev/search?q=red shoes&page=2', 'search-q-red shoes-page-2'],
    ['https://x.dev/?a=1', 'a-1'],
    ['https://x.dev/a#top', 'a-top'],
    ['https://x.dev/caf%C3%A9', 'café'],
    ['https://x.dev/%E0%A4%A', 'E0-A4-A'],
    ['https://x.dev/con/aux.html', 'con-page/aux.html-page'],
    ['https://x.dev/logo.png', 'logo.png-page'],
    ['https://x.dev/a/../b//c', 'b/c'],
    ['https://x.dev/a%2F..%2F..%2Fb', 'a/b'],
  ])('%s → %s', (url, name) => {
    expect(nameFromUrl(new URL(url))).toBe(name);
  });

  it('keeps long paths apart by a hash', () => {
    const names = ['1', '2'].map((end) => nameFromUrl(new URL(`https://x.dev/${'a'.repeat(300)}${end}`)));
    expect(names[0]).not.toBe(names[1]);
    expect(names.map((name) => name.length)).toEqual([120, 120]);
  });
});

describe('unsafeNameReason', () => {
  it.each(['index', 'docs/a', 'Pricing page', 'a.b', 'café', '.hidden', 'a/b/c'])('takes %s', (name) => {
    expect(unsafeNameReason(name)).toBeUndefined();
  });

  it.each([
    ['', 'empty part'],
    ['a//b', 'empty part'],
    ['../x', '".."'],
    ['/abs', 'empty part'],
    ['a\\b', '"\\\\"'],
    ['C:x', '":"'],
    ['a?b', '"?"'],
    ['a\nb', '"\\n"'],
    ['a\u202eb', 'character'],
    ['nul', 'reserved'],
    ['x/COM1.txt', 'reserved'],
    ['a. ', 'ends with'],
    ['a.', 'ends with'],
    [' a', 'begins with'],
    ['a.png', '.png'],
    ['a'.repeat(121), 'longer than 120'],
  ])('refuses %j', (name, reason) => {
    expect(unsafeNameReason(name)).toContain(reason);
  });
});

it('toSafeName makes any text safe', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => unsafeNameReason(toSafeName(text)) === undefined),
  );
});
