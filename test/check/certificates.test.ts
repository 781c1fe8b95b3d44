import { expect, test } from 'vitest';
import { certificatesToAccept } from '../../src/check/certificates.ts';

test.each([
  ['localhost', true],
  ['app.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['pr.shop.example', true],
  ['cdn.shop.example', false],
  ['shop.example', false],
])('of %s: %s', (host, accepted) => {
  const acceptCertificates = { baseHost: 'pr.shop.example' };
  expect(certificatesToAccept({ kind: 'local', acceptCertificates })(host)).toBe(accepted);
  expect(certificatesToAccept({ kind: 'local' })(host)).toBe(false);
});
