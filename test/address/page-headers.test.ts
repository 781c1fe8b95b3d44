import { expect, test } from 'vitest';
import { headersFor } from '../../src/address/page-headers.ts';

const values = { 'x-bypass': 'token' };

test.each([
  ['https://preview.example/pricing', 'https://preview.example', values],
  ['https://elsewhere.example/', 'https://preview.example', {}],
  ['https://preview.example:8443/', 'https://preview.example', {}],
  ['http://preview.example/', 'https://preview.example', {}],
])('%s is sent the headers of %s as %o', (target, origin, expected) => {
  expect(headersFor(new URL(target), { values, origins: [origin] })).toEqual(expected);
});

test('without an origin or without headers nobody is sent any', () => {
  expect(headersFor(new URL('https://a.example/'), { values, origins: [] })).toEqual({});
  expect(headersFor(new URL('https://a.example/'), undefined)).toEqual({});
});
