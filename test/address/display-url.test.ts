import { describe, expect, it } from 'vitest';
import { displayUrl } from '../../src/address/display-url.ts';
import { hideSecrets } from '../../src/address/hide-secrets.ts';
import { nameFromUrl } from '../../src/plan/safe-name.ts';

describe('user and password of a shown address', () => {
  it.each([
    'https://user:s3cret@x.dev/a',
    'https://s3cret@x.dev/',
    'https://s3cret:@x.dev/',
    'HTTPS://user:s3cret@x.dev/',
    'https:user:s3cret@x.dev/a',
    'https:/user:s3cret@x.dev/a',
    'https:\\\\user:s3cret@x.dev',
    'https:\\user:s3cret@x.dev\\a',
    '//user:s3cret@x.dev/a',
    '\\\\user:s3cret@x.dev/a',
    'https:////user:s3cret@x.dev',
    'ht\ntps://us\ter:s3c\rret@x.dev',
    ' https://user:s3cret@x.dev',
    'https://user:%733cret@x.dev',
    'https://user:s3cret@s3cret@x.dev/',
    'https://user:s3cret/s3cret@x.dev',
    'https://user:s3cret?s3cret#@x.dev',
    'https://user:s3cret@x.dev:port/',
    'ftp://user:s3cret@x.dev',
    'ssh://s3cret@x.dev/a.git',
    'user:s3cret@x.dev',
    'https://x.dev/?next=https://user:s3cret@y.dev/',
    'https://x.dev/?next=https%3A%2F%2Fuser%3As3cret%40y.dev%2F',
    'https://x.dev/?next=https%3A%2F%2Fy.dev%2F%3Ftoken%3Ds3cret',
  ])('is hidden in %j', (url) => {
    const shown = displayUrl(url);
    expect(shown).toContain('***');
    expect(shown).not.toMatch(/s3c\s*ret|%733cret/);
    expect(shown).toMatch(/[xy]\.dev|next=/);
  });

  it.each([
    'https://x.dev/@user/post',
    'https://x.dev/?by=me@y.dev',
    '/@user',
    '/team@work',
    'https://x.dev/#@top',
    'https://x.dev/a:b@c',
    'http://[::1]:3000/a@b',
    'https://x.dev/?next=https%3A%2F%2Fy.dev%2F',
    'https://x.dev/?at=12:30&q=a:b',
  ])('is not looked for where there is none: %s', (url) => {
    expect(displayUrl(url)).toBe(url);
  });
});

const secretNames = [
  ...['sig', 'auth', 'key', 'code', 'jwt', '_vercel_share', 'access_token', 'X-Amz-Signature', 'x-goog-signature', 'sas', 'hmac'],
  ...[
    'session',
    'sid',
    'pwd',
    'pass',
    'password',
    'api-key',
    'apikey',
    'APIKEY',
    'accessKey',
    'authKey',
    'auth_code',
    'PHPSESSID',
  ],
  ...['sessionId', 'Key-Pair-Id', 'X-Amz-Credential', 'x-vercel-protection-bypass', 'id_token', 'client_secret', 'Authorization'],
  ...['%73ig', 'user[password]', 'auth[0]', 'auth%5B%5D', 'x.key', 'oauth', '%E2%82%AC-token', 's%69g'],
];
const openNames = [
  ...['keyword', 'keywords', 'zipcode', 'postcode', 'keyboard', 'author', 'authors', 'design', 'signal', 'monkey', 'turkey'],
  ...['country_code', 'zip-code', 'decode', 'barcode', 'passage', 'compass', 'passengers', 'sign', 'assign', 'sidebar', 'side'],
  ...['page', 'q', 'id', 'args', 'share', 'state', 'lang', 'hotkeys', 'assassin', 'encoded', 'codec', 'theme_id', '%E0%A4%A'],
];

describe('parameters of a shown address', () => {
  it.each(secretNames)('whose name is %s open something', (name) => {
    expect(displayUrl(`https://x.dev/a?page=2&${name}=s3cret&q=1`)).toBe(`https://x.dev/a?page=2&${name}=***&q=1`);
    expect(displayUrl(`https://x.dev/a#${name}=s3cret`)).toBe(`https://x.dev/a#${name}=***`);
    expect(displayUrl(`https://x.dev/#/orders?${name}=s3cret`)).toBe(`https://x.dev/#/orders?${name}=***`);
    expect(displayUrl(`https://x.dev/a?page=2;${name}=s3cret;q=1`)).toBe(`https://x.dev/a?page=2;${name}=***`);
    expect(displayUrl(`https://x.dev/a;${name}=s3cret/b`)).toBe(`https://x.dev/a;${name}=***/b`);
    expect(nameFromUrl(new URL(`https://x.dev/a?page=2&${name}=s3cret;x`))).toBe('a-page-2');
    expect(nameFromUrl(new URL(`https://x.dev/a?page=2;${name}=s3cret`))).toBe('a-page-2');
  });

  it.each(openNames)('whose name is %s are shown', (name) => {
    const url = `https://x.dev/a?${name}=12&b#${name}=3`;
    expect(displayUrl(url)).toBe(url);
  });

  it('are shown in names of captures as well, but for those that open something', () => {
    expect(nameFromUrl(new URL('https://x.dev/shop?zipcode=12345&sig=ab'))).toBe('shop-zipcode-12345');
  });
});

it('takes no longer for what is long than for what is short', () => {
  for (const piece of ['=', ';', '&', '?', '#', '@', ':', '/', ';a=', '?a=b:', 'a', 'verif', 'a:?=', '%3A%3D']) {
    const long = piece.repeat(100_000);
    expect(displayUrl(`https://x.dev/${long}`).length).toBeGreaterThan(3);
    expect(hideSecrets(long, ['s3cret']).length).toBeGreaterThan(3);
  }
});
