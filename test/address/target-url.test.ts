import { describe, expect, it } from 'vitest';
import { displayUrl } from '../../src/address/display-url.ts';
import { resolveTargetUrl } from '../../src/address/target-url.ts';

const resolve = (target: string, base?: string): string => {
  const resolved = resolveTargetUrl(target, base === undefined ? undefined : new URL(base));
  return 'url' in resolved ? resolved.url.href : resolved.problem;
};

describe('resolveTargetUrl', () => {
  it.each([
    ['/', 'https://x.dev', 'https://x.dev/'],
    ['/a?b=c#d', 'https://x.dev', 'https://x.dev/a?b=c#d'],
    ['a', 'https://x.dev/pr-7/', 'https://x.dev/pr-7/a'],
    ['/a', 'https://x.dev/pr-7', 'https://x.dev/pr-7/a'],
    ['/a?x=1', 'https://x.dev/?bypass=t', 'https://x.dev/a?x=1&bypass=t'],
    ['/a', 'https://user:pass@x.dev', 'https://user:pass@x.dev/a'],
    ['https://y.dev/z', 'https://x.dev/?bypass=t', 'https://y.dev/z'],
  ])('%s on %s', (target, base, expected) => {
    expect(resolve(target, base)).toBe(expected);
  });

  it.each([
    ['/a', undefined, 'base-url is not set'],
    ['localhost:3000/a', 'https://x.dev', 'must start with http:// or https://'],
    ['javascript:alert(1)', 'https://x.dev', 'must start with http:// or https://'],
    ['//y.dev/a', 'https://x.dev', 'must be a URL with http'],
    ['https://', undefined, 'is no valid URL'],
  ])('refuses %s', (target, base, expected) => {
    expect(resolve(target, base)).toContain(expected);
  });
});

it('displayUrl hides what opens a protected preview', () => {
  expect(displayUrl('https://x.dev/a?x-vercel-protection-bypass=s3cret&page=2')).toBe(
    'https://x.dev/a?x-vercel-protection-bypass=***&page=2',
  );
  expect(displayUrl('https://x.dev/?access_token=s3cret&token=s4cret')).toBe('https://x.dev/?access_token=***&token=***');
  expect(displayUrl('https://x.dev/?q=a b%20c&%74oken=s3cret')).toBe('https://x.dev/?q=a b%20c&%74oken=***');
  expect(displayUrl('https://x.dev/a#access_token=s3cret&state=1')).toBe('https://x.dev/a#access_token=***&state=1');
  expect(displayUrl('https://x.dev/#/orders?page=2&token=s3cret')).toBe('https://x.dev/#/orders?page=2&token=***');
  expect(displayUrl('https://x.dev/?q=a+b&page=3')).toBe('https://x.dev/?q=a+b&page=3');
});

it('displayUrl takes no longer for marks without end', () => {
  const marks = '?'.repeat(500_000);
  expect(displayUrl(`https://x.dev/${marks}`)).toBe(`https://x.dev/${marks}`);
});

it('displayUrl hides user and password', () => {
  expect(displayUrl('https://user:pass@x.dev/a?b')).toBe('https://***@x.dev/a?b');
  expect(displayUrl('https://x.dev/a')).toBe('https://x.dev/a');
  expect(displayUrl('https://x.dev/?by=me@y.dev')).toBe('https://x.dev/?by=me@y.dev');
});

it('hides the same in what is no URL', () => {
  expect(resolve('/a?token=s3cret')).toContain('the target "/a?token=***" is relative');
  expect(resolve('ftp://user:pass@x.dev/')).toContain('not "ftp://***@x.dev/"');
  expect(resolve('https://user:pass@x.dev:port/')).toContain('a target "https://***@x.dev:port/"');
});
