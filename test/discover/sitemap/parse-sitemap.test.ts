import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { readText } from '../../../src/discover/read-text.ts';
import { parseRobots } from '../../../src/discover/sitemap/parse-robots.ts';
import { parseSitemap } from '../../../src/discover/sitemap/parse-sitemap.ts';

const page = (loc: string) => `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${loc}</loc></url></urlset>`;

describe('parseSitemap', () => {
  test.each([
    ['a page', page('https://a.example/docs'), ['https://a.example/docs']],
    ['blanks around an address', page('\n  https://a.example/docs\n'), ['https://a.example/docs']],
    ['an entity of XML', page('https://a.example/?a=1&amp;b=2'), ['https://a.example/?a=1&b=2']],
    ['a number', page('https://a.example/&#233;&#x41;'), ['https://a.example/éA']],
    ['CDATA', page('<![CDATA[https://a.example/?a=1&b=2]]>'), ['https://a.example/?a=1&b=2']],
    ['a comment', page('https://a.example/<!-- https://b.example/ -->docs'), ['https://a.example/docs']],
    [
      'a namespace with a prefix',
      '<?xml version="1.0"?><sm:urlset xmlns:sm="x"><sm:url><sm:loc>https://a.example/</sm:loc></sm:url></sm:urlset>',
      ['https://a.example/'],
    ],
    [
      'no picture of a page',
      '<urlset><url><loc>https://a.example/</loc><image:image><image:loc>https://a.example/a.png</image:loc></image:image></url></urlset>',
      ['https://a.example/'],
    ],
    ['an empty entry, which is none', '<urlset><url><loc/></url><url><loc></loc></url></urlset>', []],
    [
      'a text with an address a line',
      'https://a.example/\r\nhttps://a.example/docs\n',
      ['https://a.example/', 'https://a.example/docs'],
    ],
  ])('reads %s', (_, text, entries) => {
    expect(parseSitemap(text)).toEqual({ kind: 'pages', entries });
  });

  it('tells an index from a sitemap', () => {
    const index = '<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>';
    expect(parseSitemap(index)).toEqual({ kind: 'index', entries: ['https://a.example/1.xml'] });
  });

  it('expands no entities of its own, however many they would become', () => {
    const bomb = `<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>${page('https://a.example/&b;&x;')}`;
    expect(parseSitemap(bomb)).toEqual({ kind: 'pages', entries: ['https://a.example/&b;&x;'] });
  });

  test.each([
    ['an HTML page', '<!doctype html><html><body>Sign in</body></html>', 'is an HTML page, and no sitemap'],
    [
      'XML of another kind',
      '<rss><channel/></rss>',
      'is no sitemap: it holds <rss> where <urlset> or <sitemapindex> is expected',
    ],
    [
      'half a sitemap',
      '<urlset><url><loc>https://a.example/</loc></url><url><loc>https://a',
      'is not well-formed XML: <loc> is not closed',
    ],
    [
      'a sitemap without its end',
      '<urlset><url><loc>https://a.example/</loc></url>',
      'is not well-formed XML: <urlset> is not closed',
    ],
    ['nothing', '', 'is empty'],
    ['words', 'Not found', 'is neither XML nor a list of addresses, one a line'],
    ['depth without end', '<urlset>'.repeat(50_000), 'is nested more than 32 levels deep'],
  ])('refuses %s', (_, text, problem) => {
    expect(parseSitemap(text)).toEqual({ kind: 'wrong', problem });
  });
});

describe('readText', () => {
  const text = page('https://a.example/é');
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['gzip', gzipSync(text)],
    ['gzip that a server has packed once more', gzipSync(gzipSync(text))],
  ])('reads %s', (_, bytes) => {
    expect(readText(bytes, 10_000)).toBe(text);
  });

  it('unpacks no more than it may', () => {
    expect(readText(gzipSync(Buffer.alloc(100_000)), 99_999)).toBeUndefined();
    expect(readText(gzipSync(Buffer.alloc(100_000)), 100_000)).toHaveLength(100_000);
  });

  it('tells what begins as gzip and is none', () => {
    expect(() => readText(Buffer.from([0x1f, 0x8b, 1, 2, 3]), 100)).toThrow();
  });
});

test('robots.txt names sitemaps anywhere, each counted once', () => {
  const robots =
    'User-agent: *\r\nDisallow: /\nSITEMAP : https://a.example/1.xml # ours\n  sitemap:/2.xml\nSitemap: https://a.example/1.xml\n#Sitemap: /3.xml';
  expect(parseRobots(robots)).toEqual(['https://a.example/1.xml', '/2.xml']);
});
