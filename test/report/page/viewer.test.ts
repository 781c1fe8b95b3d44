import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTestBrowser } from '../../helpers/test-browser.ts';
import { type OpenReport, openReport } from './support/open-report.ts';
import { smallReport } from './support/small-report.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchTestBrowser();
});
afterAll(() => browser.close());

const { report, images } = smallReport();
const open = (hash: string, options = {}) => openReport(browser, report, images, { hash, ...options });

describe('modes', () => {
  test('side by side shows baseline, capture and difference in step', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('d');
    expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture', 'Difference']);
    await opened.press('+', '+');
    await opened.page.focus('.stage');
    await opened.press('ArrowRight', 'ArrowDown');
    const transforms = await opened.value<string[]>(
      '[...document.querySelectorAll(".world")].map(({ style }) => style.transform)',
    );
    expect(new Set(transforms).size).toBe(1);
    expect(transforms[0]).not.toContain('translate(0px');
    expect(opened.problems).toEqual([]);
  });

  test('the difference is shown on request, since the two others have more room without it', async () => {
    await using opened = await open('#pricing/1280x800');
    expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture']);
    await opened.press('f');
    const before = await zoom(opened);
    await opened.press('d');
    expect(await opened.texts('.pane figcaption')).toEqual(['Baseline', 'Capture', 'Difference']);
    expect(await zoom(opened)).toBeLessThan(before);
  });

  test('the slider shows the baseline left of its line and the capture right of it', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('2');
    expect(await pixelAt(opened, 250, 250)).toEqual([255, 255, 255]);
    expect(await pixelAt(opened, 930, 610)).toEqual([30, 30, 200]);
    await opened.page.focus('.slider-line');
    await opened.press('Home');
    expect(await pixelAt(opened, 250, 250)).toEqual([200, 30, 30]);
    expect(await opened.value('document.querySelector(".slider-line").ariaValueNow')).toBe('0');
  });

  test('the line of the slider is dragged with the mouse, and the picture stays', async () => {
    await using opened = await open('#pricing/1280x800?mode=slider');
    const before = await opened.value('document.querySelector(".world").style.transform');
    const line = await opened.page.$('.slider-line');
    const box = await line?.boundingBox();
    await opened.page.mouse.move((box?.x ?? 0) + 16, (box?.y ?? 0) + 300);
    await opened.page.mouse.down();
    await opened.page.mouse.move(100, 300);
    await opened.page.mouse.up();
    expect(await pixelAt(opened, 250, 250)).toEqual([200, 30, 30]);
    expect(await opened.value('document.querySelector(".world").style.transform')).toBe(before);
  });

  test('onion skin mixes both as the reader wants', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('3');
    expect(await pixelAt(opened, 250, 250)).toEqual([227, 141, 141].map((value) => expect.closeTo(value, -0.7)));
    await opened.page.focus('input[type=range]');
    await opened.press('End');
    expect(await pixelAt(opened, 250, 250)).toEqual([200, 30, 30]);
  });

  test('diff only', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('4', 'f');
    expect(await opened.texts('.pane figcaption')).toEqual(['Difference']);
    expect(await pixelAt(opened, 600, 700)).toEqual([240, 240, 240]);
  });

  test('blink turns by itself, stops on demand and can be turned by hand', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('5');
    await opened.page.waitForFunction('document.querySelector(".blink-shown").textContent === "Capture"');
    await opened.page.waitForFunction('document.querySelector(".blink-shown").textContent === "Baseline"');
    await opened.page.locator('.mode-controls button').click();
    const shown = await opened.text('.blink-shown');
    await opened.page.locator('.mode-controls button:nth-child(2)').click();
    expect(await opened.text('.blink-shown')).not.toBe(shown);
    expect(await opened.text('.mode-controls button')).toBe('Run');
  });

  test('blink does not move for those who asked for less motion', async () => {
    await using opened = await open('');
    await opened.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    await opened.go('#pricing/1280x800?mode=blink');
    expect(await opened.text('.mode-controls button')).toBe('Run');
  });

  test('a capture with one picture offers no mode that needs two, and keeps the one that was chosen', async () => {
    await using opened = await open('#pricing/1280x800?mode=slider');
    await opened.go('#new/1280x800');
    expect(await opened.texts('.pane figcaption')).toEqual(['Capture']);
    expect(await opened.texts('.toolbar [aria-label=Mode] button')).toEqual(['Side by side']);
    await opened.go('#pricing/mobile');
    expect(await opened.value('document.querySelector(".stage").dataset.mode')).toBe('slider');
  });
});

describe('zoom', () => {
  test('fits the whole picture and says how large it is', async () => {
    await using opened = await open('#pricing/1280x800?mode=diff', { width: 800, height: 700 });
    expect(await zoom(opened)).toBe(100);
    await opened.press('f');
    expect(await zoom(opened)).toBeLessThan(70);
    await opened.press('+');
    expect(await opened.value('document.querySelector("[title^=Fit]").ariaPressed')).toBe('false');
    await opened.press('f');
    expect(await opened.value('document.querySelector("[title^=Fit]").ariaPressed')).toBe('true');
  });

  test('actual pixels are those of the screen, however dense it and the capture are', async () => {
    await using opened = await open('#pricing/mobile?mode=diff', { deviceScaleFactor: 2 });
    await opened.press('a');
    const width = await opened.value('document.querySelector(".world img").getBoundingClientRect().width');
    expect(width).toBe(390);
    expect(await zoom(opened)).toBe(100);
  });

  test('a capture of a dense screen is not shown larger than its page', async () => {
    await using opened = await open('#pricing/mobile?mode=diff', { height: 2000 });
    expect(await zoom(opened)).toBe(100);
  });

  test('pixels stay sharp when they are looked at closely', async () => {
    await using opened = await open('#pricing/1280x800?mode=diff');
    await opened.press(...Array<string>(6).fill('+'));
    expect(await opened.value('getComputedStyle(document.querySelector(".world img")).imageRendering')).toBe('pixelated');
  });

  test('the wheel pans, with a modifier it zooms where the pointer is', async () => {
    await using opened = await open('#pricing/1280x800?mode=diff');
    await opened.press('+', '+', '+', '+');
    const before = await pointUnder(opened, 700, 400);
    await opened.page.mouse.move(700, 400);
    await opened.page.keyboard.down('Control');
    await opened.page.mouse.wheel({ deltaY: -200 });
    await opened.page.keyboard.up('Control');
    expect(await pointUnder(opened, 700, 400)).toEqual(before);
    await opened.page.mouse.wheel({ deltaY: 100 });
    expect((await pointUnder(opened, 700, 400)).y).toBeGreaterThan(before.y);
  });

  test('the picture is dragged', async () => {
    await using opened = await open('#pricing/1280x800?mode=diff');
    await opened.press('+', '+', '+', '+');
    const before = await pointUnder(opened, 700, 400);
    await opened.page.mouse.move(700, 400);
    await opened.page.mouse.down();
    await opened.page.mouse.move(600, 350);
    await opened.page.mouse.up();
    expect(await pointUnder(opened, 600, 350)).toEqual(before);
  });
});

describe('changed regions', () => {
  test('are boxed in every pane, around them and not over them', async () => {
    await using opened = await open('#pricing/1280x800');
    await opened.press('d');
    expect(
      await opened.value('[...document.querySelectorAll(".pane")].map((pane) => pane.querySelectorAll(".region").length)'),
    ).toEqual([2, 2, 2]);
    await opened.press('b');
    expect(await opened.value('getComputedStyle(document.querySelector(".region")).visibility')).toBe('hidden');
    // What is drawn lies 6 lines of 1.5 px outside, and the box itself has neither paint nor border.
    const { background, border, inset } = await opened.value<Record<string, string>>(`(() => {
      const box = document.querySelector('.region');
      const { backgroundColor, borderTopWidth } = getComputedStyle(box);
      return { background: backgroundColor, border: borderTopWidth, inset: getComputedStyle(box, '::before').top };
    })()`);
    expect([background, border]).toEqual(['rgba(0, 0, 0, 0)', '0px']);
    expect(Number.parseFloat(inset ?? '')).toBeLessThan(0);
  });

  test('are jumped to, the largest first, around and back', async () => {
    await using opened = await open('#pricing/1280x800?mode=diff');
    await opened.press('n');
    expect(await opened.text('.region-readout')).toBe('1 of 2');
    expect(await opened.value('location.hash')).toBe('#pricing/1280x800?mode=diff&region=1');
    await opened.press('n');
    const box = await opened.value<{ x: number; y: number }>(
      '(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(document.querySelector(".region.current").getBoundingClientRect())',
    );
    const glass = await opened.value<{ x: number; y: number; width: number; height: number }>(
      '(({ x, y, width, height }) => ({ x, y, width, height }))(document.querySelector(".glass").getBoundingClientRect())',
    );
    expect(box.x).toBeGreaterThan(glass.x + glass.width / 4);
    expect(box.x).toBeLessThan(glass.x + (glass.width * 3) / 4);
    await opened.press('n');
    expect(await opened.text('.region-readout')).toBe('1 of 2');
    await opened.press('p');
    expect(await opened.text('.region-readout')).toBe('2 of 2');
  });
});

describe('a page of 15,000 pixels', () => {
  test('starts at its largest change and has a map with the changed bands', async () => {
    await using opened = await open('#long/1280x800');
    expect(await opened.value('document.querySelectorAll(".minimap-band").length')).toBe(2);
    expect((await pointUnder(opened, 200, 400)).y).toBeGreaterThan(9500);
    expect(await pixelAt(opened, 200, 11_050, 'layer-actual')).toEqual([200, 30, 30]);
  });

  test('the map goes where it is clicked, and where keys say', async () => {
    await using opened = await open('#long/1280x800?mode=diff');
    const map = await (await opened.page.$('.minimap'))?.boundingBox();
    await opened.page.mouse.click((map?.x ?? 0) + 10, (map?.y ?? 0) + (map?.height ?? 0) / 2);
    const { y } = await pointUnder(opened, 600, 400);
    expect(y).toBeGreaterThan(7000);
    expect(y).toBeLessThan(8000);
    await opened.page.focus('.minimap');
    await opened.press('Home');
    expect(await opened.value('document.querySelector(".minimap").ariaValueNow')).toBe('0');
    await opened.press('End');
    expect(await opened.value('document.querySelector(".minimap").ariaValueNow')).toBe('100');
  });

  test('a short page has no map', async () => {
    await using opened = await open('#pricing/1280x800');
    expect(await opened.texts('.minimap')).toEqual([]);
  });
});

test('the facts of a capture, and how its time went', async () => {
  await using opened = await open('#pricing/1280x800');
  expect(await opened.texts('.details .facts')).toEqual(['Differs 3.05% (31,200 px) Regions 2 Size 1280×800 px']);
  await opened.page.locator('.figures summary').click();
  expect(await opened.texts('.details .facts')).toEqual([
    'Differs 3.05% (31,200 px) Regions 2 Size 1280×800 px',
    'Viewport 1280×800 Took 1.2 s, 2 attempts URL https://preview.example/pricing Named in visual-capture.yml:6',
  ]);
  expect(await opened.texts('.timeline li')).toEqual(
    ['engine_busy after 310 ms ›', 'waited 5.0 s (engine_busy) ›', 'captured in 2.1 s'].map((text) => text.replace(' ›', '')),
  );
  await opened.go('#pricing/mobile');
  expect((await opened.texts('.details .facts')).join(' ')).toContain('Size 780×1700 px, was 780×1688 Viewport 390×844 at 2×');
});

test('a failed capture tells what happened and what to do', async () => {
  await using opened = await open('#broken/1280x800');
  expect(await opened.text('.note')).toMatch(/^render_timeout HTTP 504 The page took too long to render.*Fix: Simplify the page/);
  await opened.press('1', '2', 'n', '+');
  expect(await opened.texts('.note')).toHaveLength(1);
  expect(opened.problems).toEqual([]);
});

test('an unchanged capture shows its thumbnail and where the whole picture is', async () => {
  await using opened = await open('#index/1280x800');
  expect(await opened.text('.note')).toContain('Unchanged pictures are kept small here.');
  expect(await opened.texts('.note li')).toEqual(['actual/index/1280x800.png', 'baseline/index/1280x800.png']);
  expect(await opened.value('document.querySelector(".note img").naturalWidth')).toBe(208);
});

test('a picture that is none is told as such, not left blank', async () => {
  const broken = { read: async () => Buffer.from('not a picture'), thumbnail: async () => undefined };
  await using opened = await openReport(browser, report, broken, { hash: '#new/1280x800' });
  expect(await opened.text('.note')).toContain('The pictures lie beside it, in the artifact: actual/new/1280x800.png');
});

async function zoom(opened: OpenReport): Promise<number> {
  return Number.parseFloat(await opened.text('.zoom-readout'));
}

/** The pixel of the picture at a point of the window. */
async function pointUnder(opened: OpenReport, x: number, y: number): Promise<{ x: number; y: number }> {
  return opened.value(`(() => {
    const image = document.querySelector('.world img');
    const box = image.getBoundingClientRect();
    const scale = image.naturalWidth / box.width;
    return { x: Math.round((${x} - box.left) * scale), y: Math.round((${y} - box.top) * scale) };
  })()`);
}

/** What a person sees of the picture's pixel (x, y): the colour on the screen, boxes left away. */
async function pixelAt(opened: OpenReport, x: number, y: number, kind = 'world'): Promise<number[]> {
  await opened.value('document.querySelector(".stage").classList.add("without-boxes")');
  const at = await opened.value<{ x: number; y: number }>(`(() => {
    const box = document.querySelector('.${kind} img').getBoundingClientRect();
    const scale = box.width / document.querySelector('.${kind} img').naturalWidth;
    return { x: Math.round(box.left + (${x} + 0.5) * scale), y: Math.round(box.top + (${y} + 0.5) * scale) };
  })()`);
  const bytes = await opened.page.screenshot({ clip: { ...at, width: 1, height: 1 }, encoding: 'base64' });
  return opened.value(`(async () => {
    const bytes = Uint8Array.from(atob('${bytes}'), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  })()`);
}
