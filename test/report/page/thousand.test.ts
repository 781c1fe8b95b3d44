import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaptureReport } from '../../../src/results/model.ts';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { drawPng } from '../support/pictures.ts';
import { makeCapture, makeComparison, makeReport } from '../support/reports.ts';
import { type OpenReport, openReport } from './support/open-report.ts';

let browser: Browser;
/** 1,000 captures of 500 targets, 100 of them changed, each with pictures of its own. */
const captures = Array.from({ length: 1000 }, (_, index): CaptureReport => {
  const viewport =
    index % 2 === 0
      ? { name: '1280x800', width: 1280, height: 800, scale: 1 }
      : { name: 'mobile', width: 390, height: 844, scale: 1 };
  const name = `page-${String(Math.floor(index / 2)).padStart(3, '0')}`;
  const id = `${name}/${viewport.name}`;
  return index % 10 === 0
    ? makeCapture(name, {
        viewport,
        status: 'changed',
        comparison: makeComparison({ diffRatio: (index + 1) / 2000 }),
        files: { actual: `actual/${id}.png`, baseline: `baseline/${id}.png`, diff: `diff/${id}.png` },
      })
    : makeCapture(name, { viewport, files: { actual: `actual/${id}.png` } });
});

/** Bytes after the end of a PNG are no part of the picture: with the path there, no two files are the same. */
const whole = drawPng(1280, 800, [{ x: 40, y: 80, width: 320, height: 64, color: [200, 40, 40] }]);
const small = drawPng(208, 130, [{ x: 10, y: 10, width: 60, height: 20, color: [40, 40, 200] }]);
const images = {
  read: async (path: string) => Buffer.concat([whole, Buffer.from(path)]),
  thumbnail: async (path: string) => Buffer.concat([small, Buffer.from(path)]),
};

let opened: OpenReport;
beforeAll(async () => {
  browser = await launchTestBrowser();
  opened = await openReport(browser, makeReport(captures), images);
});
afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  await browser.close();
});

test('1,000 captures: all are there, and only what is looked at is drawn', async () => {
  expect(await opened.value('document.querySelectorAll(".tile, .card").length')).toBe(1000);
  const drawn = 'document.querySelectorAll("canvas[data-drawn]").length';
  await opened.page.waitForFunction(`${drawn} > 0`);
  const atTop = await opened.value<number>(drawn);
  expect(atTop).toBeLessThan(120);
  await opened.value('document.querySelector("details.folded:not([hidden])").open = true');
  // 300 pictures are looked at, one after the other: more than the report keeps.
  for (let at = 0; at < 200; at++) {
    const element = `document.querySelectorAll(".card, .tile")[${at}]`;
    await opened.value(`${element}.scrollIntoView({ block: "center" })`);
    await opened.page.waitForFunction(
      `[...${element}.querySelectorAll("canvas")].every((canvas) => canvas.hasAttribute("data-drawn"))`,
    );
  }
  expect(await opened.value<number>(drawn)).toBeLessThan(320);
  expect(await opened.value('document.querySelector("canvas").hasAttribute("data-drawn")')).toBe(false);
  expect(opened.problems).toEqual([]);
});

test('the overview is built before the pictures have been read', async () => {
  expect(
    await opened.value(`(() => {
    const elements = [...document.querySelectorAll('script')];
    const firstPicture = elements.findIndex((element) => element.id.startsWith('picture-'));
    return elements.findIndex((element) => element.type === '') < firstPicture;
  })()`),
  ).toBe(true);
});

test('a hundred changes are walked through by key, and few pictures stay in memory', async () => {
  await opened.go('#page-495/1280x800');
  await opened.value(`{
    window.alive = 0;
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (blob) => { window.alive += 1; return createObjectURL.call(URL, blob); };
    URL.revokeObjectURL = (url) => { window.alive -= 1; revokeObjectURL.call(URL, url); };
  }`);
  for (let step = 0; step < 30; step++) {
    await opened.press('j');
  }
  expect(await opened.text('.position')).toBe('31 of 1000');
  expect(await opened.value('window.alive')).toBeLessThanOrEqual(16);
});
