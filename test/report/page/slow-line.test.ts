import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

test('the overview stands while pictures are still on their way, and none is taken for whole before it is', async () => {
  const { report, images } = smallReport();
  const html = await renderHtml(report, images);
  // In the middle of the first picture: its element is there, and part of what it holds.
  const start = html.indexOf('id="picture-0"');
  const half = start + Math.floor((html.indexOf('</script>', start) - start) / 2);
  const { promise: response, resolve } = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).write(html.slice(0, half));
    resolve(answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const page = await browser.newPage();
  const loaded = page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const answer = await response;
  await page.waitForFunction('document.querySelectorAll(".tile, .card").length === 7', { polling: 20 });
  await page.waitForFunction('document.getElementById("picture-0") !== null', { polling: 20 });
  expect(await page.evaluate('document.readyState')).toBe('loading');
  expect(await page.evaluate('document.querySelectorAll("canvas[data-drawn], canvas.undrawn").length')).toBe(0);
  answer.end(html.slice(half));
  await loaded;
  await page.waitForFunction('document.querySelector("canvas[data-drawn]") !== null');
  expect(await page.evaluate('document.querySelectorAll("canvas.undrawn").length')).toBe(0);
  await page.close();
  server.close();
});
