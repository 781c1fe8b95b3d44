import { expect, test } from 'vitest';
import { parseRequest } from '../../../src/engine/service/parse-request.ts';

test('fills in what the body leaves open', () => {
  expect(parseRequest('{"url":"https://example.com/"}')).toEqual({
    kind: 'job',
    page: { kind: 'url', url: 'https://example.com/' },
    viewport: { width: 1280, height: 800, deviceScaleFactor: 1 },
    fullPage: false,
    format: 'png',
    settings: {},
    ignored: [],
  });
});

test('tells everything that is wrong in one message', () => {
  const body = { url: 'ftp://example.com/', html: 'x', quality: 0, waitUntil: 'soon', viewport: { width: 1.5, height: 0 } };
  expect(parseRequest(JSON.stringify(body))).toMatchObject({
    code: 'bad_request',
    message:
      'give exactly one of url and html; url must start with http:// or https://, not ftp:; ' +
      'viewport width must be a whole number from 1 to 10000; height must be a whole number from 1 to 10000; ' +
      'waitUntil must be one of load, domcontentloaded, networkidle0, networkidle2; ' +
      'quality must be a whole number from 1 to 100; quality goes only with format jpeg.',
  });
});

test('names the fields that it does not know, at any depth, and takes nothing over from them', () => {
  const page =
    '{"hide":[".ad"],"colour":"red","cookies":[{"name":"a","value":"b"},{"name":"c","value":"d","path":"/"}],"steps":[{"kind":"press","key":"Enter","times":2}]}';
  const body = `{"html":"x","viewport":{"width":1,"height":2,"isMobile":true},"toString":1,"omitBackground":true,"page":${page}}`;
  expect(parseRequest(body)).toMatchObject({
    viewport: { width: 1, height: 2, deviceScaleFactor: 1 },
    ignored: ['toString', 'omitBackground', 'viewport.isMobile', 'page.colour', 'page.cookies[1].path', 'page.steps[0].times'],
  });
  expect(parseRequest(body)).not.toHaveProperty('viewport.isMobile');
});

test('refuses a viewport whose picture could not be held', () => {
  const body = { html: 'x', viewport: { width: 10_000, height: 10_000, deviceScaleFactor: 2 } };
  expect(parseRequest(JSON.stringify(body))).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining('20000×20000'),
  });
});

test.each([
  [{ page: 3 }, 'page must be an object'],
  [{ page: { hide: '.ad' } }, 'page hide must be a list of texts that are not empty'],
  [
    { page: { delayMs: 20_000, colorScheme: 'blue' } },
    'delayMs must be a whole number from 0 to 10000; colorScheme must be one of light, dark',
  ],
  [{ page: { cookies: [{ name: 'a' }] } }, 'page cookies must be a list of {name, value}'],
])('refuses page settings of a wrong form: %o', (fields, expected) => {
  expect(parseRequest(JSON.stringify({ url: 'https://example.com/', ...fields }))).toMatchObject({
    code: 'bad_request',
    message: expect.stringContaining(expected),
  });
});
