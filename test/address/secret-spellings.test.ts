import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../../src/address/hide-secrets.ts';
import { spellSecrets } from '../../src/address/secret-spellings.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = 'pa/ss+w0rd "&é';

describe('a secret that comes back', () => {
  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in small letters', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['as a form sends it', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify(secret)],
    ['in markup', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in base64', base64(secret)],
    ['in base64 behind a colon', base64(`:${secret}`)],
    ['in base64 before a colon', base64(`${secret}:`)],
    ['in base64 as the password of somebody', base64(`x-access-token:${secret}`)],
    ['in base64 for addresses', Buffer.from(`me:${secret}`).toString('base64url')],
  ])('is hidden %s', (_, echo) => {
    const shown = hideSecrets(`You sent “${echo}”.`, [secret]);
    expect(shown).toMatch(/^You sent “.*\*\*\*.*”\.$/);
    expect(shown.length).toBeLessThan(45);
  });

  it.each([
    ['Bearer abc.def-123', 'abc.def-123'],
    ['token gh_0123456789', 'gh_0123456789'],
    ['X-Bypass: s3cret', 's3cret'],
    ['Authorization: Bearer s3cret', 's3cret'],
    ['CF-Access-Client-Id: first1\nCF-Access-Client-Secret: second2', 'first1'],
    ['CF-Access-Client-Id: first1\r\nCF-Access-Client-Secret: second2', 'second2'],
    [`Authorization: Basic ${base64('deploy:pa55word')}`, 'pa55word'],
    [`Authorization: Basic ${base64('deploy:pa55word')}`, 'deploy:pa55word'],
    [`basic ${base64('t0ken:')}`, 't0ken'],
  ])('is hidden without what it was given with: %j', (given, echo) => {
    expect(hideSecrets(`got ${echo}!`, [given])).toBe('got ***!');
    expect(hideSecrets(`got ${base64(`${echo}`)}!`, [given])).toContain('***');
    expect(spellSecrets([given])).toContain(echo);
  });

  it('leaves the user beside a password, which is an ordinary word', () => {
    expect(hideSecrets('deploy failed', [`Basic ${base64('deploy:pa55word')}`])).toBe('deploy failed');
  });

  it('is hidden in base64 whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 9 }),
        fc.string({ minLength: 8, maxLength: 30 }),
        fc.string({ maxLength: 9 }),
        (a, one, b) => {
          fc.pre(one.trim().length >= 8);
          const shown = hideSecrets(`<${base64(`${a}${one.trim()}${b}`)}>`, [one]);
          // Of the secret's own bytes only those are left that share a character with what stands beside it.
          expect(shown).toContain('***');
          expect(shown.length).toBeLessThanOrEqual(base64(a).length + base64(b).length + 9);
        },
      ),
    );
  });
});
