import { describe, expect, it } from 'vitest';
import { hideSecrets, listSecrets } from '../../src/address/hide-secrets.ts';
import { spellSecrets } from '../../src/address/secret-spellings.ts';
import { urlsOf } from '../../src/plan/capture.ts';

const secretsOf = (...urls: string[]): string[] => listSecrets(urls, { values: {} });

describe('hideSecrets', () => {
  it('shows a URL as reports show it, also one that no capture has', () => {
    expect(hideSecrets('“https://me:pw@x.dev/a?token=t#b” failed', [])).toBe('“https://***@x.dev/a?token=***#b” failed');
    expect(hideSecrets('HTTPS://X.DEV/?q=1 failed', [])).toBe('HTTPS://X.DEV/?q=1 failed');
  });

  it('hides what opens a page by itself, in each spelling', () => {
    const secrets = secretsOf('https://user:pa%40ss@x.dev/a?token=a%2Bbc&page=2#access_token=d3ef');
    expect(hideSecrets('user, pa@ss, pa%40ss; a+bc, a%2Bbc; d3ef; page=2', secrets)).toBe(
      'user, ***, ***; ***, ***; ***; page=2',
    );
    expect(secretsOf('https://t0ken@x.dev/')).toEqual(['t0ken']);
  });

  it('hides the whole of a secret that another one is a part of', () => {
    expect(hideSecrets('s3cret-and-more', ['s3cret', 's3cret-and-more'])).toBe('***');
  });
});

describe('listSecrets', () => {
  it('has those of both deployments and of the headers', () => {
    const headers = { values: { authorization: 'Bearer abcdef', 'x-key': 'ghij' } };
    expect(listSecrets(['https://x.dev/?token=s3cret', 'https://me:pass1@y.dev/'], headers)).toEqual([
      's3cret',
      'pass1',
      'Bearer abcdef',
      'ghij',
    ]);
  });

  it('leaves out what is too short and what switches something on', () => {
    expect(spellSecrets(secretsOf('https://me:abc@x.dev/?x-vercel-set-bypass-cookie=true&token='))).toEqual([]);
  });

  it('has none of a document', () => {
    const page = { kind: 'html', html: 'https://x.dev/?token=s3cret' } as const;
    expect(listSecrets(urlsOf({ page }), { values: {} })).toEqual([]);
  });
});
