import { expect, test } from 'vitest';
import { resolveCounterpart } from '../../src/address/counterpart.ts';

const production = new URL('https://www.example.com/?from=check');

test.each([
  ['a path', '/pricing', 'https://pr-7.example.dev', 'https://www.example.com/pricing?from=check'],
  ['a path of a preview below a folder', '/pricing', 'https://example.dev/pr-7', 'https://www.example.com/pricing?from=check'],
  [
    'a URL of the preview',
    'https://pr-7.example.dev/a?b=1#c',
    'https://pr-7.example.dev',
    'https://www.example.com/a?b=1&from=check#c',
  ],
  ['a URL below the folder', 'https://example.dev/pr-7/a', 'https://example.dev/pr-7/', 'https://www.example.com/a?from=check'],
  ['the folder itself', 'https://example.dev/pr-7', 'https://example.dev/pr-7/', 'https://www.example.com/?from=check'],
  ['a URL beside the folder', 'https://example.dev/pr-77/a', 'https://example.dev/pr-7/', undefined],
  ['a URL on another host', 'https://docs.example.com/a', 'https://pr-7.example.dev', undefined],
  ['another port', 'https://pr-7.example.dev:8443/a', 'https://pr-7.example.dev', undefined],
  ['a URL without a base', 'https://pr-7.example.dev/a', undefined, 'https://www.example.com/a?from=check'],
])('%s', (_, target, base, expected) => {
  const found = resolveCounterpart(target, base === undefined ? undefined : new URL(base), production);
  expect(found !== undefined && 'url' in found ? found.url.href : undefined).toBe(expected);
});

test('the query of the preview, such as a bypass token, is not sent to the other deployment', () => {
  const found = resolveCounterpart('/a', new URL('https://pr-7.example.dev/?token=secret'), new URL('https://www.example.com'));
  expect(found).toEqual({ url: new URL('https://www.example.com/a') });
});
