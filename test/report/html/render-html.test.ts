import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { buildReportPage } from '../../../scripts/build-report-page.ts';
import { pageScript, pageStyle } from '../../../src/report/html/page.generated.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { drawPng, imageSource } from '../support/pictures.ts';
import { everyStatus, hostile, makeCapture, makeReport } from '../support/reports.ts';

const noImages = imageSource({});

test('the committed bundle of the page is what its sources say', async () => {
  const committed = await readFile(new URL('../../../src/report/html/page.generated.ts', import.meta.url), 'utf8');
  expect(await buildReportPage(), 'run: node scripts/build-report-page.ts').toBe(committed);
});

test('the policy of the page allows its own script and style by their hashes, and pictures of its own', async () => {
  const html = await renderHtml(everyStatus(), noImages);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&#39;', "'");
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  expect(policy?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src ${hash(pageScript)}`,
    `style-src ${hash(pageStyle)}`,
    'img-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
});

test('what must be read works without a script', async () => {
  const html = await renderHtml(everyStatus(), noImages);
  const markup = html.slice(0, html.indexOf('<main'));
  expect(markup).toContain('2 failed, 2 changed, 1 added and 1 removed of 9 captures');
  expect(markup).toContain('<strong>Fix:</strong> Check the selector &quot;#plans&quot;');
});

test('no name, message or URL becomes markup', async () => {
  const html = await renderHtml(hostile(), noImages);
  expect(html.match(/<script[ >]/g)?.length).toBe(2);
  expect(html.includes('<img')).toBe(false);
  expect(html.slice(0, html.indexOf('<script'))).not.toMatch(/\p{Bidi_Control}/u);
});

test('the page loads nothing: every address in it is a link or text', async () => {
  const html = await renderHtml(everyStatus(), noImages);
  expect(html.slice(0, html.indexOf('<script'))).not.toMatch(/<(link|iframe|object|embed|base|img)\b|@import|url\(/);
  expect(pageStyle).not.toMatch(/@import|url\(/);
});

test('the same run has the same key for its marks, another run another', async () => {
  const keyOf = async (name: string) => /"key":"(\w+)"/.exec(await renderHtml(makeReport([makeCapture(name)]), noImages))?.[1];
  expect(await keyOf('a')).toBe(await keyOf('a'));
  expect(await keyOf('a')).not.toBe(await keyOf('b'));
});

test('a page stays below its limit, and says what is missing and where it is', async () => {
  const captures = Array.from({ length: 30 }, (_, index) =>
    makeCapture(`page-${index}`, { status: 'added', files: { actual: `actual/page-${index}/1280x800.png` } }),
  );
  // Noise cannot be compressed: each picture has some 30 kB.
  const noise = Object.fromEntries(captures.map(({ name, files }, index) => [files.actual ?? name, noisyPng(index)]));
  const limitBytes = 400_000;
  const html = await renderHtml(makeReport(captures), imageSource(noise), { limitBytes });
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(limitBytes);
  expect(html).toMatch(
    /<p class="left-out">\d+ pictures left out to keep this page below 400 kB.*lies beside this report, in the artifact\./,
  );
});

function noisyPng(seed: number): Uint8Array {
  const random = (value: number): number => (Math.imul(value + seed * 7919, 2_654_435_761) >>> 8) & 255;
  const blocks = Array.from({ length: 10_000 }, (_, index) => ({
    x: index % 100,
    y: Math.floor(index / 100),
    width: 1,
    height: 1,
    color: [random(index * 3), random(index * 3 + 1), random(index * 3 + 2)] as const,
  }));
  return drawPng(100, 100, blocks);
}
