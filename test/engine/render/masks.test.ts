import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describePageWarning } from '../../../src/report/describe-page.ts';
import type { CaptureRequestBody } from '../../../src/services/apiscreenshot/request.ts';
import { type Answer, colourAt, factsOf, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 200 };
const page = (body: string): string => `<!doctype html><style>.ad { background: red }</style><body style="margin: 0">${body}`;
const box = (at: string, more = 'class="ad"'): string => `<div ${more} style="position: absolute; background: red; ${at}"></div>`;

let site: Site;
let engine: TestEngine;

beforeAll(async () => {
  site = await startSite({
    '/two': page(
      box('left: 10px; top: 20px; width: 30px; height: 40px') + box('left: 100.4px; top: 20.6px; width: 30px; height: 40px'),
    ),
    '/below': page(`<div style="height: 900px"></div><div class="ad" style="width: 50px; height: 60px"></div><p>text`),
    '/edge': page(
      box('left: 390px; top: 190px; width: 50px; height: 60px') + box('left: 500px; top: 0; width: 50px; height: 50px'),
    ),
    '/part': page(
      `<main style="margin: 30px 20px; height: 500px; width: 200px">${box('left: 25px; top: 300px; width: 30px; height: 40px')}${box('left: 0; top: 0; width: 5px; height: 5px')}</main>`,
    ),
    '/shadow': page(`${box('left: 0; top: 0; width: 10px; height: 10px')}<x-host></x-host><script>
      document.querySelector('x-host').attachShadow({ mode: 'open' }).innerHTML = '${box('left: 50px; top: 60px; width: 70px; height: 80px').replaceAll('"', '\\"')}'</script>`),
    '/late': page(
      `<script>setTimeout(() => document.body.insertAdjacentHTML('afterbegin', '<div class="ad" style="width: 20px; height: 30px"></div>'), 300)</script>`,
    ),
    '/unseen': page(
      box('left: 0; top: 0; width: 10px; height: 10px; visibility: hidden') +
        box('left: 0; top: 0; width: 10px; height: 10px; display: none') +
        box('left: 0; top: 0; width: 0; height: 10px') +
        box('left: 20px; top: 0; width: 10px; height: 10px', 'class="ad hide"'),
    ),
    '/carousel': page(`<div style="overflow: hidden; width: 100px; height: 50px; display: flex">
      ${'<div class="ad" style="flex: 0 0 80px; height: 50px"></div>'.repeat(3)}</div>
      <div style="overflow: hidden; width: 10px; height: 10px">${box('left: 200px; top: 0; width: 30px; height: 30px')}</div>`),
    '/fixed': page(
      `<div class="ad" style="position: fixed; bottom: 0; left: 0; width: 400px; height: 40px"></div><div style="height: 900px">`,
    ),
    '/scrolled': page(
      `<div style="height: 900px"></div><div class="ad" style="width: 50px; height: 60px"></div><div style="height: 900px"></div><script>scrollTo(0, 850)</script>`,
    ),
    '/phone': `<!doctype html><meta name="viewport" content="width=device-width">${page(box('left: 10px; top: 20px; width: 30px; height: 40px'))}`,
    '/desktop-on-phone': page(`<div style="width: 980px">${box('left: 490px; top: 98px; width: 98px; height: 49px')}</div>`),
    '/moving': page(`<div class="ad" style="position: absolute; top: 0; width: 10px; height: 10px; background: red"></div><script>
      let x = 0; setInterval(() => { document.querySelector('.ad').style.left = (x = (x + 20) % 380) + 'px' }, 10)</script>`),
    '/many': page(
      Array.from({ length: 1500 }, (_, index) =>
        box(`left: ${(index % 30) * 12}px; top: ${Math.floor(index / 30) * 12}px; width: 5px; height: 5px`),
      ).join(''),
    ),
    '/thousand': page(
      Array.from({ length: 1000 }, (_, index) =>
        box(`left: ${(index % 25) * 12}px; top: ${10_000 + Math.floor(index / 25) * 12}px; width: 5px; height: 5px`),
      ).join(''),
    ),
    '/table': page(
      `<table style="border-collapse: collapse">${'<tr><td class="ad" style="padding: 0; width: 50px; height: 20px"></td><td style="width: 50px"></td></tr>'.repeat(8)}</table>`,
    ),
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

const shot = (path: string, more: Partial<CaptureRequestBody> = {}) =>
  engine.ask({ url: `${site.origin}${path}`, viewport, page: { maskSelectors: ['.ad'] }, ...more });
/** The boxes of the first selector, as `x,y,width,height`. */
const boxesOf = async (path: string, more: Partial<CaptureRequestBody> = {}): Promise<string[]> => told(await shot(path, more));
const told = (answer: Answer): string[] =>
  (factsOf(answer).masks?.[0] ?? []).map(({ x, y, width, height }) => [x, y, width, height].join());

describe('boxes of what is masked', () => {
  test.each<[string, string, Partial<CaptureRequestBody>, string[]]>([
    ['in the window, in whole pixels', '/two', {}, ['10,20,30,40', '100,20,31,41']],
    [
      'in CSS pixels whatever the scale',
      '/two',
      { viewport: { ...viewport, deviceScaleFactor: 2 } },
      ['10,20,30,40', '100,20,31,41'],
    ],
    ['on the whole page', '/below', { fullPage: true }, ['0,900,50,60']],
    ['not those below the window', '/below', {}, []],
    ['cut at the edge of the picture', '/edge', {}, ['390,190,10,10']],
    ['relative to the part that is captured', '/part', { selector: 'main' }, ['5,270,30,40']],
    ['in the document and in shadow trees', '/shadow', {}, ['0,0,10,10', '50,60,70,80']],
    ['below a host', '/shadow', { page: { maskSelectors: ['x-host >>> .ad'] } }, ['50,60,70,80']],
    ['of what comes late', '/late', {}, ['0,0,20,30']],
    ['not of what is not to be seen', '/unseen', { page: { maskSelectors: ['.ad'], hide: ['.hide'] } }, []],
    ['only of what is not cut off by something around it', '/carousel', {}, ['200,0,30,30', '0,0,100,50']],
    ['where something fixed is in the window', '/fixed', {}, ['0,160,400,40']],
    ['where something fixed is on the whole page', '/fixed', { fullPage: true }, ['0,160,400,40']],
    ['in a window that the page has scrolled', '/scrolled', {}, ['0,50,50,60']],
    ['on a phone', '/phone', { page: { maskSelectors: ['.ad'], mobile: true, touch: true } }, ['10,20,30,40']],
    [
      'on a phone that shows a page for desktops',
      '/desktop-on-phone',
      { page: { maskSelectors: ['.ad'], mobile: true } },
      ['200,40,41,21'],
    ],
    [
      'on the whole page of such a phone',
      '/desktop-on-phone',
      { fullPage: true, page: { maskSelectors: ['.ad'], mobile: true } },
      ['490,98,98,49'],
    ],
    ['of adjoining cells as one', '/table', {}, ['0,0,50,160']],
  ])('%s', async (_, path, more, boxes) => {
    const answer = await shot(path, more);
    expect(told(answer)).toEqual(boxes);
    const scale = more.viewport?.deviceScaleFactor ?? 1;
    for (const { x, y, width, height } of factsOf(answer).masks?.[0] ?? []) {
      expect(colourAt(answer, Math.floor((x + width / 2) * scale), Math.floor((y + height / 2) * scale))).toBe('255,0,0');
    }
  });

  test('of each selector, in their order', async () => {
    const answer = await shot('/two', { page: { maskSelectors: ['.ad + .ad', '.ad:first-child'] } });
    expect(factsOf(answer).masks?.map((boxes) => boxes.map(({ x }) => x))).toEqual([[100], [10]]);
  });

  test('of what moves while the picture is taken, before and after', async () => {
    expect((await boxesOf('/moving')).length).toBeGreaterThan(1);
  });

  test('in no answer where nobody asks', async () => {
    expect(factsOf(await shot('/two', { page: {} }))).not.toHaveProperty('masks');
  });
});

describe('what a person is told', () => {
  test('a selector that matches nothing', async () => {
    const answer = await shot('/two', { page: { maskSelectors: ['.ad', '.nothing', 'x-host >>> .ad'] } });
    expect(factsOf(answer).masks?.map(({ length }) => length)).toEqual([2, 0, 0]);
    expect(warningOf(answer, 'unmatched-masks')?.selectors).toEqual(['.nothing', 'x-host >>> .ad']);
    expect(warningOf(await shot('/unseen'), 'unmatched-masks')).toBeUndefined();
  });

  test('a selector that is none', async () => {
    const { code, message } = await shot('/two', { page: { maskSelectors: ['.ad', 'p['] } });
    expect([code, message]).toEqual(['bad_request', 'mask has "p[", which is not a CSS selector.']);
  });

  test('more selectors than may be', async () => {
    const { code, message } = await shot('/two', { page: { maskSelectors: Array.from({ length: 1001 }, () => '.ad') } });
    expect([code, message]).toEqual(['bad_request', expect.stringContaining('maskSelectors has more than 1000 selectors')]);
  });

  test('so many boxes that neighbours are joined, and all of them are masked', async () => {
    const answer = await shot('/many', { fullPage: true });
    const [boxes = []] = factsOf(answer).masks ?? [];
    expect(boxes.length).toBe(750);
    expect(boxes[0]).toEqual({ x: 0, y: 0, width: 17, height: 5 });
    const warning = warningOf(answer, 'joined-masks') ?? expect.fail();
    expect(describePageWarning(warning)).toContain('1,500 boxes');
  });

  test('nothing where there are a thousand, each of which is told', async () => {
    const answer = await engine.ask({
      url: `${site.origin}/thousand`,
      viewport,
      fullPage: true,
      page: { maskSelectors: ['.ad'] },
    });
    expect(factsOf(answer).masks?.[0]).toHaveLength(1000);
    expect(warningOf(answer, 'joined-masks')).toBeUndefined();
  });
});
