import { describe, expect, it, test } from 'vitest';
import { pageKey } from '../../src/address/page-key.ts';
import { readGlobs } from '../../src/discover/choose.ts';
import { chooseTargets } from '../../src/discover/choose-targets.ts';
import { decideAddress } from '../../src/discover/decide-page.ts';
import type { Finding } from '../../src/discover/finding.ts';
import { ownPath } from '../../src/discover/own-path.ts';

describe('ownPath', () => {
  const own = (url: string, base: string) =>
    ownPath(new URL(url), new URL(base), { ofOtherHost: new URL(url).origin !== new URL(base).origin });

  test.each([
    ['http://p.example/docs/a?b=1#c', 'http://p.example', '/docs/a?b=1'],
    ['http://p.example', 'http://p.example', '/'],
    ['http://p.example/pr-7/docs', 'http://p.example/pr-7/', '/docs'],
    ['http://p.example/pr-7', 'http://p.example/pr-7/', '/'],
    ['http://p.example/pr-70', 'http://p.example/pr-7', undefined],
    ['http://p.example/other', 'http://p.example/pr-7/', undefined],
    ['https://www.example/docs', 'http://p.example/pr-7/', '/docs'],
    ['https://www.example/site/docs', 'http://p.example/site', '/docs'],
    ['http://p.example/a?token=1&b=2&utm_source=x', 'http://p.example/?token=1', '/a?b=2'],
    ['http://p.example/a?key=5', 'http://p.example', '/a?key=5'],
  ])('%s below %s is %s', (url, base, expected) => {
    expect(own(url, base)).toBe(expected);
  });
});

describe('pageKey', () => {
  const key = (path: string) => pageKey(new URL(path, 'http://p.example'));

  test.each([
    ['/docs', '/docs/'],
    ['/docs/', '/docs/index.html'],
    ['/', '/index.html'],
    ['/?a=1&b=2', '/?b=2&a=1'],
    ['/caf%C3%A9', '/cafe%CC%81'],
    ['/a%2Db', '/a-b'],
    ['/docs', '/docs#top'],
  ])('%s and %s are one page', (one, other) => {
    expect(key(one)).toBe(key(other));
  });

  test.each([
    ['/docs', '/Docs'],
    ['/docs', '/docs?a=1'],
    ['/docs', '/docs.html'],
    ['/a/b', '/a%2Fb/c'],
  ])('%s and %s are two', (one, other) => {
    expect(key(one)).not.toBe(key(other));
  });
});

describe('decideAddress', () => {
  test.each(['/', '/docs', '/login', '/blog/how-we-log-outages', '/docs/v1.2', '/logo', '/blog-out'])('takes %s', (own) => {
    expect(decideAddress(own)).toBeUndefined();
  });

  test.each([
    '/logout',
    '/users/sign_out',
    '/auth/Log-Off/',
    '/?action=logout',
    '/account/signout.php?a=1',
    '/a?x=1&do=sign-out',
  ])('never asks for %s', (own) => {
    expect(decideAddress(own)).toEqual({ kind: 'sign-out' });
  });

  test.each([
    ['/files/Report.PDF?v=2', '.PDF'],
    ['/feed.xml', '.xml'],
    ['/a.tar.gz', '.gz'],
  ])('takes %s for no page', (own, detail) => {
    expect(decideAddress(own)).toEqual({ kind: 'no-page', detail });
  });

  it('takes no address that servers would refuse', () => {
    expect(decideAddress(`/${'a'.repeat(2_000)}`)).toEqual({ kind: 'too-long' });
  });
});

describe('globs', () => {
  const globs = readGlobs({ include: ['/docs/**', 'ui/**'], exclude: ['/docs/api/**', '**/*-old', '*--hidden'] });

  test.each([
    ['/docs', undefined],
    ['/docs/', undefined],
    ['/docs/intro?tab=1', undefined],
    ['/docs/caf%C3%A9', undefined],
    ['/blog', 'not-included'],
    ['/docs/api', 'excluded'],
    ['/docs/api/a/b/', 'excluded'],
    ['/docs/page-old', 'excluded'],
  ])('of the page %s say %s', (own, kind) => {
    expect(globs.page(own)?.kind).toBe(kind);
  });

  test.each([
    ['UI/Alert/Info', 'ui/alert/info', 'ui-alert--info', undefined],
    ['Docs/Intro', 'docs/intro', 'docs--intro', 'not-included'],
    ['UI/Alert/Hidden', 'ui/alert/hidden', 'ui-alert--hidden', 'excluded'],
    ['UI/Button-Old', 'ui/button-old', 'ui--button-old', 'excluded'],
  ])('of the story %s say', (title, name, id, kind) => {
    expect(globs.story(title, name, id)?.kind).toBe(kind);
  });

  it('for pages alone leave all stories in', () => {
    expect(readGlobs({ include: ['/docs/**'], exclude: [] }).story('A/B', 'a/b', 'a--b')).toBeUndefined();
  });
});

describe('chooseTargets', () => {
  const base = new URL('http://p.example');
  const finding = (urls: string[], rest: Partial<Finding> = {}): Finding => ({
    found: urls.map((url) => ({ url, by: 'sitemap' })),
    leftOut: [],
    notes: [],
    problems: [],
    ...rest,
  });
  const urlsOf = (...findings: Finding[]) => chooseTargets(findings, { max: 3 }, base).found.map(({ url }) => url);

  it('comes to the same order whatever the order of the sources', () => {
    expect(urlsOf(finding(['/b', '/a']), finding(['/']))).toEqual(['/', '/a', '/b']);
    expect(urlsOf(finding(['/']), finding(['/a', '/b']))).toEqual(['/', '/a', '/b']);
  });

  it('takes a page once, and tells of its other spellings', () => {
    const chosen = chooseTargets([finding(['/docs/', '/docs', '/docs/index.html', '/docs'])], { max: 3 }, base);
    expect(chosen.found).toEqual([{ url: '/docs', by: 'sitemap' }]);
    expect(chosen.leftOut.map(({ what, reason }) => [what, reason])).toEqual([
      ['/docs/', { kind: 'same-page', detail: '/docs' }],
      ['/docs/index.html', { kind: 'same-page', detail: '/docs' }],
    ]);
  });

  it('says how many there are where there are too many', () => {
    expect(chooseTargets([finding(['/a', '/b', '/c'])], { max: 3 }, base).problems).toEqual([]);
    expect(chooseTargets([finding(['/a', '/b', '/c', '/d'])], { max: 3 }, base).problems).toEqual([
      'discover found 4 targets, more than the 3 that its max allows. Leave some out with include and exclude, or raise max.',
    ]);
    expect(chooseTargets([finding(['/a', '/b', '/c', '/d'], { isCut: true })], { max: 3 }, base).problems[0]).toContain(
      'at least 4',
    );
  });

  it('tells the first of many problems, and how many more there are', () => {
    const problems = Array.from({ length: 12 }, (_, index) => `Problem ${index}.`);
    expect(chooseTargets([finding([], { problems })], { max: 3 }, base).problems).toEqual([
      ...problems.slice(0, 10),
      'discover has 2 more such problems.',
    ]);
  });
});
