import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPage } from './support.ts';

/** A value that is filled in, in source: `${…}`, also around another one. */
const filledIn = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** Each file of the source as the text that it says: values as `…`, quotes without their escape, parts of a text joined. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:ts|js)$/.test(file) && !file.includes('generated'))
  .map((file) =>
    readFileSync(join('src', file), 'utf8')
      .replaceAll(filledIn, '…')
      .replaceAll(/\\(['"`])/g, '$1')
      .replaceAll(/['"`] \+\s*['"`]/g, ''),
  );

/** No message is longer, with all that is filled in. */
const longestMessage = 900;

/** Whether the source has the parts of a message, what stands between the places of values, in this order. */
function isSaid(message: string): boolean {
  const parts = message
    .replaceAll(filledIn, '…')
    .split('…')
    .map((part) => part.trim())
    // What is shorter than a word says nothing.
    .filter((part) => part.length > 4);
  const [first = ''] = parts;
  return (
    parts.join('').length > 10 &&
    sources.some((source) => {
      for (let start = source.indexOf(first); start >= 0; start = source.indexOf(first, start + 1)) {
        if (hasInOrder(source.slice(start, start + longestMessage), parts)) {
          return true;
        }
      }
      return false;
    })
  );
}

function hasInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return true;
}

const messages = [...readPage('docs/troubleshooting.md').matchAll(/^### `(.+)`$/gm)].map(([, message = '']) => message);

test.each(messages)('“%s” is what the product says', (message) => {
  expect(isSaid(message)).toBe(true);
});

test('a sentence that the product does not say is noticed', () => {
  expect(isSaid('The browser … could not be started: this system likes ….')).toBe(false);
  expect(messages.length).toBeGreaterThan(35);
});
