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
  const local = { kind: 'local', browser: { kind: 'system' } } as const;
  const acceptCertificates = { baseHost: 'pr.shop.example' };
  expect(certificatesToAccept({ ...local, acceptCertificates })(host)).toBe(accepted);
  expect(certificatesToAccept(local)(host)).toBe(false);
});
