import { describe, expect, it, test } from 'vitest';
import { parsePage } from '../../../src/discover/crawl/parse-page.ts';
import { discoverLimits } from '../../../src/discover/limits.ts';

const address = new URL('http://preview.example/docs/intro');
const links = (html: string) => parsePage(html, address).links.map(({ href }) => href.replace('http://preview.example', ''));

describe('parsePage', () => {
  test.each([
    ['<a href="/a">', ['/a']],
    ['<A HREF=b>', ['/docs/b']],
    ['<a href="?page=2&amp;sort=1">', ['/docs/intro?page=2&sort=1']],
    ['<a href=" /a#top ">', ['/a']],
    ['<a href="/a"><a href="/a#top">', ['/a']],
    ['<map><area href="/area"></map>', ['/area']],
    ['<base href="/v2/"><base href="/v3/"><a href="a">', ['/v2/a']],
    ['<a href="#top"><a href=""><a name="here">', []],
    ['<!-- <a href="/a"> -->', []],
    ['<script>document.write(\'<a href="/a">\')</script>', []],
    ['<template><a href="/a"></template><a href="/b">', ['/b']],
    ['<a href="/report.zip" download>', []],
    ['<a href="http://[bad">', []],
  ])('%s', (html, expected) => {
    expect(links(html)).toEqual(expected);
  });

  it('reads the canonical address', () => {
    expect(
      parsePage('<link rel="stylesheet" href="/a.css"><link rel="Canonical" href="/docs/">', address).canonical?.pathname,
    ).toBe('/docs/');
  });

  it('follows no more links of a page than it may', () => {
    const many = Array.from({ length: discoverLimits.linksOfPage + 10 }, (_, index) => `<a href="/${index}">`).join('');
    expect(links(many)).toHaveLength(discoverLimits.linksOfPage);
  });
});
