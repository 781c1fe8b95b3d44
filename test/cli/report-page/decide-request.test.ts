import { expect, test } from 'vitest';
import { decideRequest, type PageRequest } from '../../../src/cli/report-page/decide-request.ts';

const address = { host: '127.0.0.1:4711', token: 'abc' };
const headers = { host: '127.0.0.1:4711' };
const post: PageRequest = {
  method: 'POST',
  path: '/abc/accept',
  headers: { ...headers, origin: 'http://127.0.0.1:4711', 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
};
const decide = (request: Partial<PageRequest>): unknown => {
  const action = decideRequest({ method: 'GET', path: '/abc/', headers, ...request }, address);
  return action.kind === 'refuse' ? action.status : action.kind;
};

test('the page, its sign of life and what it asks to accept are all there is', () => {
  expect(decide({})).toBe('page');
  expect(decide({ headers: { ...headers, 'sec-fetch-site': 'none' } })).toBe('page');
  expect(decide({ path: '/abc/presence' })).toBe('presence');
  expect(decide(post)).toBe('accept');
});

test.each([
  ['no token', { path: '/' }],
  ['another token', { path: '/abd/' }],
  ['the token without the folder', { path: '/abc' }],
  ['a file of the output folder', { path: '/abc/results.json' }],
  ['a way out of it', { path: '/abc/../abc/' }],
  ['an encoded way out', { path: '/abc/..%2f..%2fetc%2fpasswd' }],
  ['a query', { path: '/abc/?x' }],
  ['what every object has', { path: '/abc/constructor' }],
])('%s: nothing is there', (_, request) => {
  expect(decide(request)).toBe(404);
});

test.each([
  ['another name for this machine (DNS rebinding)', { headers: { host: 'evil.example:4711' } }],
  ['localhost, which is another origin', { headers: { host: 'localhost:4711' } }],
  ['no name', { headers: {} }],
  ['a page of another origin', { headers: { ...headers, origin: 'https://evil.example' } }],
  ['a page of another port', { headers: { ...headers, origin: 'http://127.0.0.1:80' } }],
  ['a sandboxed page', { headers: { ...headers, origin: 'null' } }],
  ['a link or picture of another site', { headers: { ...headers, 'sec-fetch-site': 'cross-site' } }],
  ['another page of this machine', { headers: { ...headers, 'sec-fetch-site': 'same-site' } }],
  ['accepting from another origin', { ...post, headers: { ...post.headers, origin: 'https://evil.example' } }],
  ['accepting without an origin', { ...post, headers: { ...post.headers, origin: undefined } }],
  ['accepting as a form would', { ...post, headers: { ...post.headers, 'content-type': 'text/plain' } }],
])('%s is refused', (_, request) => {
  expect(decide(request)).toBe(403);
});

test('nothing is accepted by an address that is opened, and nothing else is sent to', () => {
  expect(decide({ ...post, method: 'GET' })).toBe(405);
  expect(decide({ method: 'POST' })).toBe(405);
  expect(decide({ ...post, method: 'OPTIONS' })).toBe(405);
});
