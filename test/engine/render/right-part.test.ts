import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, colourAt, sizeOf, startTestEngine, type TestEngine, warningOf } from '../support/engine.ts';

const viewport = { width: 400, height: 200 };
const red = '255,0,0';
const blue = '0,0,255';
const white = '255,255,255';

const flat = '<style>body { margin: 0 }</style>';
const block = (height: number, colour: string): string => `<div style="height: ${height}px; background: ${colour}"></div>`;

let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine();
});

afterAll(() => engine[Symbol.asyncDispose]());

const whole = (html: string): Promise<Answer> => engine.ask({ html: `<!doctype html>${flat}${html}`, viewport, fullPage: true });
const part = (html: string, selector: string): Promise<Answer> =>
  engine.ask({ html: `<!doctype html>${flat}${html}`, viewport, selector });

describe('a page that scrolls in an element is as long as what that holds:', () => {
  test.each([
    [
      'main beside a menu',
      `<style>html, body { height: 100% } body { display: flex } nav { width: 80px } main { flex: 1; overflow: auto; height: 100vh }</style>
        <nav></nav><main>${block(900, 'red')}${block(100, 'blue')}</main>`,
    ],
    [
      'main under a bar, in a column',
      `<style>#app { height: 100vh; display: flex; flex-direction: column } header { height: 40px } main { flex: 1; min-height: 0; overflow-y: scroll }</style>
        <div id="app"><header></header><main>${block(860, 'red')}${block(100, 'blue')}</main></div>`,
    ],
    [
      'an element that is fixed to the window',
      `<div style="position: fixed; inset: 0; overflow: auto">${block(900, 'red')}${block(100, 'blue')}</div>`,
    ],
    [
      'the body',
      `<style>html { height: 100%; overflow: hidden } body { height: 100%; overflow: auto }</style>${block(900, 'red')}${block(100, 'blue')}`,
    ],
    [
      'an element in an element that hides what is beyond it',
      `<div style="height: 100vh; overflow: hidden"><div style="height: 100%; overflow: hidden"><div style="height: 100%; overflow: auto">${block(900, 'red')}${block(100, 'blue')}</div></div></div>`,
    ],
  ])('%s', async (_, html) => {
    const answer = await whole(html);
    expect(sizeOf(answer)).toBe('400×1000');
    expect([colourAt(answer, 200, 890), colourAt(answer, 200, 999)]).toEqual([red, blue]);
    expect(warningOf(answer, 'scrolls-inside')).toBeUndefined();
  });

  test('a small box that scrolls is a part of the page, and stays as it is', async () => {
    const answer = await whole(`<div style="height: 60px; overflow: auto">${block(500, 'blue')}</div>`);
    expect([sizeOf(answer), colourAt(answer, 200, 59), colourAt(answer, 200, 61)]).toEqual(['400×200', blue, white]);
  });

  test('one that does not let itself be grown is named', async () => {
    const stubborn = `<svg width="400" height="200" style="display: block"><foreignObject width="400" height="200">
      <main id="app" style="height: 200px; overflow: auto">${block(900, 'red')}</main></foreignObject></svg>`;
    const answer = await whole(stubborn);
    expect(warningOf(answer, 'scrolls-inside')?.element).toBe('main#app');
  });
});

describe('where the page overflows:', () => {
  test('one that is read from right to left is cut at its right edge', async () => {
    const answer = await whole(
      `<html dir="rtl"><div style="width: 600px; height: 100px; background: linear-gradient(90deg, red 200px, blue 200px)"></div>`,
    );
    const x = sizeOf(answer) === '600×200' ? [50, 550] : [0, 0];
    expect([sizeOf(answer), ...x.map((at) => colourAt(answer, at, 50))]).toEqual(['600×200', red, blue]);
  });

  test('one that is wider than its window is there to its edge, and named', async () => {
    const answer = await whole(
      `<div style="width: 600px; height: 100px; background: linear-gradient(90deg, red 500px, blue 500px)"></div>`,
    );
    expect(warningOf(answer, 'wider')).toEqual({ kind: 'wider', widthPx: 600, windowPx: 400 });
    expect([sizeOf(answer), colourAt(answer, 450, 50), colourAt(answer, 599, 50)]).toEqual(['600×200', red, blue]);
  });

  test('one whose overflow is hidden is as wide as its window', async () => {
    const answer = await whole(
      '<style>html { overflow-x: hidden }</style><div style="width: 600px; height: 300px; background: blue"></div>',
    );
    expect([sizeOf(answer), warningOf(answer, 'wider')]).toEqual(['400×300', undefined]);
  });
});

describe('an element', () => {
  test.each([
    ['in a box that scrolls', 'height: 100px; width: 200px; overflow: auto'],
    ['in a box that hides what is beyond it', 'height: 100px; width: 200px; overflow: hidden'],
  ])('%s is there whole, without what lies behind it', async (_, style) => {
    const answer = await part(
      `<body style="background: red"><div style="${style}">${block(300, 'white')}<div id="it" style="height: 250px; background: blue"></div>${block(50, 'white')}</div>`,
      '#it',
    );
    expect(sizeOf(answer)).toBe('200×250');
    expect([1, 125, 249].map((y) => colourAt(answer, 100, y))).toEqual([blue, blue, blue]);
  });

  test('without a box of its own has that of its children', async () => {
    const answer = await part(
      '<div style="display: flex"><div style="width: 100px; height: 50px"></div><div id="it" style="display: contents"><i style="width: 30px; height: 50px; background: blue"></i><i style="width: 40px; height: 20px; background: red"></i></div></div>',
      '#it',
    );
    expect([sizeOf(answer), colourAt(answer, 10, 45), colourAt(answer, 50, 10)]).toEqual(['70×50', blue, red]);
  });

  test('that fades in by CSS is there once it has faded in', async () => {
    const answer = await engine.ask({
      html: '<style>@keyframes in { from { opacity: 0 } } #x { width: 60px; height: 40px; background: blue; animation: in 30s both }</style><div id="x"></div>',
      selector: '#x',
    });
    expect([answer.code, colourAt(answer, 30, 20)]).toEqual(['picture', '0,0,255']);
  });

  test('is the first of several that can be seen', async () => {
    const answer = await part(
      `<p class="it" hidden>a</p><p class="it" style="visibility: hidden">b</p><p class="it" style="opacity: 0">c</p><p class="it" style="margin: 0"></p>
        <div class="it" style="width: 60px; height: 40px; background: blue"></div><div class="it" style="width: 90px; height: 40px; background: red"></div>`,
      '.it',
    );
    expect([sizeOf(answer), colourAt(answer, 30, 20)]).toEqual(['60×40', blue]);
  });

  test.each([
    ['in an open shadow root', '#it'],
    ['in a shadow root in a shadow root, by its path', '#outer >>> x-inner >>> div'],
  ])('%s is found', async (_, selector) => {
    const answer = await part(
      `<div id="outer"></div><script>
        const root = outer.attachShadow({ mode: 'open' });
        root.innerHTML = '<x-inner></x-inner>';
        root.firstChild.attachShadow({ mode: 'open' }).innerHTML = '<div id="it" style="width: 70px; height: 30px; background: blue"></div>';
      </script>`,
      selector,
    );
    expect([sizeOf(answer), colourAt(answer, 30, 20)]).toEqual(['70×30', blue]);
  });

  test('that shows itself when it is scrolled to is there', async () => {
    const answer = await part(
      `<div style="height: 3000px"></div><div id="it" style="height: 500px; background: red"></div>
        <script>new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting) it.style.background = 'blue' }).observe(it)</script>`,
      '#it',
    );
    expect([sizeOf(answer), colourAt(answer, 50, 10), colourAt(answer, 50, 490)]).toEqual(['400×500', blue, blue]);
  });

  test.each([
    ['is missing', '<p>text', 'No element matches ".it"'],
    [
      'is hidden',
      '<p class="it" hidden>a</p><p class="it" style="opacity: 0">b',
      '2 elements match ".it", and a style hides all of them',
    ],
    ['is empty', '<p class="it"></p>', 'One element matches ".it", and what matches has no size'],
  ])('that %s is told so', async (_, html, message) => {
    expect(await part(html, '.it')).toMatchObject({ code: 'selector_not_found', message: expect.stringContaining(message) });
  });

  test('that is asked for by what is no selector is bad_request', async () => {
    expect(await part('<p>text', 'p[[')).toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('is not a CSS selector'),
    });
  });
});
