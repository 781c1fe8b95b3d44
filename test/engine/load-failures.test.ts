import { describe, expect, test } from 'vitest';
import { explainLoadFailure } from '../../src/engine/load-failures.ts';

const url = 'https://me:secret@shop.example:8443/a/b?token=secret#c';
const explain = (code: string): string => Object.values(explainLoadFailure(code, url)).join(' ');

describe('why a page could not be had', () => {
  test.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'no server is known by the name shop.example:8443'],
    ['ERR_CONNECTION_REFUSED', 'Start the preview before the check and wait until it answers at https://shop.example:8443/a/b'],
    ['ERR_CERT_AUTHORITY_INVALID', 'does not trust its certificate'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'another host name'],
    ['ERR_SSL_PROTOCOL_ERROR', 'write http:// in place of https://'],
    ['ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'TLS 1.2 or 1.3'],
    ['ERR_TOO_MANY_REDIRECTS', 'redirects again and again'],
    ['ERR_HTTP2_PROTOCOL_ERROR', 'HTTP/2'],
    ['ERR_INVALID_AUTH_CREDENTIALS', 'a user name and a password (HTTP 401)'],
    ['basic-authentication', 'https://${USER}:${PASSWORD}@shop.example:8443'],
    ['download', 'sends it as a download'],
    ['no-content', 'HTTP 204'],
    ['too-tall', 'selector'],
  ])('%s', (code, words) => {
    expect(explain(code)).toContain(words);
  });

  test('names a reason that the table does not have', () => {
    expect(explainLoadFailure('net::ERR_SOMETHING_NEW', url).message).toBe(
      'https://shop.example:8443/a/b could not be loaded (ERR_SOMETHING_NEW).',
    );
  });

  test('tells whole sentences without secrets, and advises no engine', () => {
    for (const code of ['ERR_CERT_DATE_INVALID', 'ERR_TIMED_OUT', 'ERR_SOMETHING_NEW', 'too-tall']) {
      const { message, fix } = explainLoadFailure(code, url);
      expect(`${message} ${fix}`).not.toMatch(/secret|token|\$URL|\$HOST|engine: local/);
      expect(message).toMatch(/\.$/);
      expect(fix).toMatch(/^[A-Z].+\.$/s);
    }
  });

  test('tells addresses that are none as the page', () => {
    expect(explainLoadFailure('ERR_ABORTED', 'about:blank').message).toMatch(/^The page is no page/);
  });
});
