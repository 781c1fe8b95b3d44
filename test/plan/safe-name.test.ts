import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePart } from '../../src/address/decode-part.ts';
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
    ['https://x.dev/con/aux.html', 'con-page/aux-page.html'],
    ['https://x.dev/aux.html', 'aux-page.html'],
    ['https://x.dev/con.tar.gz', 'con-page.tar.gz'],
    ['https://x.dev/aux.png', 'aux-page.png-page'],
    [`https://x.dev/${'日本語'.repeat(28)}a/b`, `${'日本語'.repeat(28)}a/b`],
    ['https://x.dev/logo.png', 'logo.png-page'],
    ['https://x.dev/a/../b//c', 'b/c'],
    ['https://x.dev/a%2F..%2F..%2Fb', 'a/b'],
  ])('%s → %s', (url, name) => {
    expect(nameFromUrl(new URL(url))).toBe(name);
  });

  it.each([
    ['https://x.dev/pricing?x-vercel-protection-bypass=s3cret', 'pricing'],
    ['https://x.dev/?x-vercel-protection-bypass=s3cret&x-vercel-set-bypass-cookie=true', 'index'],
    ['https://x.dev/a?%74oken=s3cret&q=red%20shoes+2', 'a-q-red shoes-2'],
    ['https://x.dev/a?b=1&api_key=s3cret&c=2', 'a-b-1-c-2'],
    ['https://x.dev/a#access_token=s3cret&state=1', 'a-state-1'],
    ['https://x.dev/a#/orders?token=s3cret', 'a/orders'],
  ])('leaves out of %s what opens the page', (url, name) => {
    expect(nameFromUrl(new URL(url))).toBe(name);
  });

  it('keeps a parameter that opens nothing, whatever it is called', () => {
    expect(nameFromUrl(new URL('https://x.dev/reset?token'))).toBe('reset-token');
  });

  it('is what it always was without such parameters', () => {
    const part = fc.string({ unit: fc.constantFrom(...'aé漢 /?&=#%+.-2F'), maxLength: 20 });
    fc.assert(
      fc.property(part, (written) => {
        const url = new URL(`https://x.dev/${written}`);
        const whole = [url.pathname, url.search.slice(1), url.hash.slice(1)].filter((part) => part !== '');
        expect(nameFromUrl(url)).toBe(toSafeName(whole.map(decodePart).join('-')));
      }),
    );
  });

  it('keeps long paths apart by a hash', () => {
    const names = ['1', '2'].map((end) => nameFromUrl(new URL(`https://x.dev/${'a'.repeat(300)}${end}`)));
    expect(names[0]).not.toBe(names[1]);
    expect(names.map((name) => name.length)).toEqual([120, 120]);
  });
});

describe('a name in a writing of several bytes a character', () => {
  const long = '日本語'.repeat(40);

  it('is cut where a file name would end, and kept apart by a hash', () => {
    const names = ['', '1', '2'].map((end) => nameFromUrl(new URL(`https://x.dev/${long}${end}`)));
    expect(new Set(names).size).toBe(3);
    for (const name of names) {
      expect(name).toMatch(/^(日本語)+日?本?-[0-9a-f]{8}$/);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      expect(unsafeNameReason(name)).toBeUndefined();
    }
  });

  it('is refused over the bytes that a path has room for', () => {
    expect(unsafeNameReason(long)).toBe('a part of it takes more than 255 bytes');
  });

  it('never ends within a character', () => {
    expect(nameFromUrl(new URL(`https://x.dev/${'a'.repeat(110)}${'𝒳'.repeat(40)}`))).toMatch(/^a{110}-[0-9a-f]{8}$/u);
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
    ['CONIN$', 'reserved'],
    ['x/conout$', 'reserved'],
    ['a. ', 'ends with'],
    ['a.', 'ends with'],
    [' a', 'begins with'],
    ['a.png', '.png'],
    ['a'.repeat(121), 'longer than 120'],
  ])('refuses %j', (name, reason) => {
    expect(unsafeNameReason(name)).toContain(reason);
  });
});

it('toSafeName makes any text safe, however many bytes its characters take', () => {
  const wide = fc.string({ unit: fc.constantFrom('日', '𝒳', 'a', '/', '.'), minLength: 60, maxLength: 300 });
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), wide),
      (text) => unsafeNameReason(toSafeName(text)) === undefined,
    ),
  );
});
