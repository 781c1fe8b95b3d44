import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { oneLine } from '../../../src/basics/text.ts';
import { code, escapeMarkdown, link } from '../../../src/report/markdown/escape.ts';

const hostileCharacters = fc.string({
  unit: fc.constantFrom(
    ...'ab1 \\`*_{}[]()<>#+-.!|~&@:/$="\'\n\t^;www.http'.split(''),
    'https://',
    'www.',
    '@me',
    '#1',
    '<b>',
    '-->',
  ),
  maxLength: 40,
});

describe('whatever the text, a reader sees that text and nothing else', () => {
  test('in a paragraph', () => {
    fc.assert(
      fc.property(hostileCharacters, (text) => {
        expect(shownText(`x${escapeMarkdown(text)}x`, 'p')).toBe(`x${oneLine(text)}x`);
      }),
      { numRuns: 2000 },
    );
  });

  test('at the head of a list item', () => {
    for (const text of ['# head', '- item', '+ item', '1. one', '12) twelve', '---', '===', '> quote', '* star', '~~~ code']) {
      expect(renderMarkdown(`- ${escapeMarkdown(text)}`)).toMatch(/^<ul>\n<li>[^<]*<\/li>\n<\/ul>\n$/);
      expect(renderMarkdown(escapeMarkdown(text))).toMatch(/^<p>[^<]*<\/p>\n$/);
    }
    fc.assert(
      fc.property(hostileCharacters, (text) => {
        const html = renderMarkdown(`- ${escapeMarkdown(text)}`);
        expect(html.match(/<(?!\/?(?:ul|li)>)/)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  test('in a table cell', () => {
    fc.assert(
      fc.property(hostileCharacters, (text) => {
        const html = renderMarkdown(`| a | b |\n| - | - |\n| x${code(text)}x | second |`);
        expect(html.match(/<td>/g)).toHaveLength(2);
        expect(html).toContain('<td>second</td>');
        expect(plainText(/<td>([\s\S]*?)<\/td>/.exec(html)?.[1] ?? '')).toBe(`x${oneLine(text)}x`);
      }),
      { numRuns: 2000 },
    );
  });
});

test('nobody is mentioned or written to, and no issue is linked', () => {
  expect(escapeMarkdown('octo@example.com')).toBe('octo&#64;&#8203;example.com');
  expect(escapeMarkdown('@octocat see org/repo#12 and GH-7')).toBe('&#64;&#8203;octocat see org/repo#&#8203;12 and GH-&#8203;7');
});

test('ordinary names and prose stay readable in the source', () => {
  for (const text of ['pricing (1280x800)', 'visual-capture.yml:6', 'set wait-until: networkidle0.', '390x844']) {
    expect(escapeMarkdown(text)).toBe(text);
  }
});

test('a link leads to http addresses only, and its address cannot leave its place', () => {
  expect(link('x', 'javascript:alert(1)')).toBe('x');
  expect(link('x', 'https://example.test/a(b) c')).toBe('[x](https://example.test/a%28b%29%20c)');
});

function renderMarkdown(markdown: string): string {
  return marked.parse(markdown, { async: false, gfm: true });
}

/** The text that a browser would show of an element without further elements but code. */
function shownText(markdown: string, tag: string): string {
  const html = renderMarkdown(markdown).trim();
  expect(html.startsWith(`<${tag}>`) && html.endsWith(`</${tag}>`)).toBe(true);
  return plainText(html.slice(tag.length + 2, -tag.length - 3));
}

function plainText(html: string): string {
  const withoutCode = html.replace(/<\/?(?:code|pre)>/g, '');
  expect(withoutCode).not.toMatch(/[<>]/);
  return withoutCode
    .replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
