import { expect, test } from 'vitest';
import { staysOnSite } from '../../src/page-check/problem.ts';

test.each([
  ['https://shop.example/a', 'https://shop.example/b', true],
  ['http://shop.example/', 'https://shop.example/', true],
  ['https://shop.example/', 'https://www.shop.example/', true],
  ['https://www.shop.example/', 'https://shop.example/', true],
  ['https://shop.example/', 'http://shop.example/', false],
  ['https://shop.example/', 'https://login.shop.example/', false],
  ['https://shop.example/', 'https://shop.example:8443/', false],
  ['http://127.0.0.1:3000/', 'http://127.0.0.1:4000/', false],
  ['http://127.0.0.1:3000/', 'http://localhost:3000/', true],
  ['http://localhost:3000/', 'http://app.localhost:3000/', true],
  ['http://localhost/', 'https://localhost.example/', false],
])('%s to %s stays on the site: %s', (from, to, stays) => {
  expect(staysOnSite(new URL(from), new URL(to))).toBe(stays);
});
