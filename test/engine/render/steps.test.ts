import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PageSettings } from '../../../src/plan/page-settings.ts';
import type { Step, StepAction } from '../../../src/plan/step.ts';
import { type Answer, colourAt, startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Site, startSite } from '../support/site.ts';

const viewport = { width: 400, height: 300 };
const [blue, red, white] = ['0,0,255', '255,0,0', '255,255,255'];

/** A page whose upper part is the control that is used, and whose window is blue at its lower end once that worked. */
const page = (body: string, style = ''): string =>
  `<!doctype html><title>The page</title><style>body { margin: 0 } #a { width: 100px; height: 40px } .ok { background: blue } ${style}</style>${body}`;
const ok = "document.documentElement.className = 'ok'";

let site: Site;
let engine: TestEngine;
const asked: string[] = [];

beforeAll(async () => {
  site = await startSite({
    '/click': page(`<button id="a" onclick="if (event.isTrusted) ${ok}">Go</button>`),
    '/hover': page('<div id="a">menu</div>', 'html:has(#a:hover) { background: blue }'),
    '/hover-below': page(
      '<div style="height: 900px"></div><div id="a">menu</div><div style="height: 600px"></div>',
      '#a { background: red } #a:hover { background: blue }',
    ),
    '/hover-far': page(
      '<div id="a">menu</div><div id="far" style="position: absolute; top: 900px; width: 9px; height: 9px"></div><input id="b" style="position: absolute; top: 350px">',
      '#a { position: absolute; top: 100px } html:has(#a:hover) { background: blue }',
    ),
    '/hover-click': page(
      `<div id="a" onclick="document.title = 'clicked'">menu</div>`,
      'html { background: red } html:has(#a:hover) { background: blue }',
    ),
    '/focus': page('<input id="a">', 'html:has(#a:focus) { background: blue }'),
    '/fill': page(`<input id="a" value="before" oninput="if (value === 'x@y.z' && event.isTrusted) ${ok}">`),
    '/fill-area': page(`<textarea id="a" oninput="if (value === 'x@y.z') ${ok}">before</textarea>`),
    '/fill-editable': page(`<div id="a" contenteditable oninput="if (innerText === 'x@y.z') ${ok}">before</div>`),
    '/fill-date': page(`<input id="a" type="date" onchange="if (value === '2026-02-03') ${ok}">`),
    '/clear': page(`<input id="a" value="before" oninput="if (value === '') ${ok}">`),
    '/select': page(`<select id="a" onchange="if (value === 'l') ${ok}"><option value="s">Small<option value="l">Large</select>`),
    '/press': page(`<input id="a" autofocus><script>addEventListener('keydown', (event) => {
      if (event.key === 'K' && event.ctrlKey && event.shiftKey && event.isTrusted) ${ok} })</script>`),
    '/enter': page(`<form action="/sent"><input id="a" name="q"></form>`),
    '/sent': page('<p>sent</p>', 'html { background: blue }'),
    '/scroll': page('<div style="height: 900px"></div><div id="a" class="ok"></div><div style="height: 900px"></div>'),
    '/late': page(`<div id="a"></div><script>setTimeout(() => setTimeout(() => setTimeout(() => { ${ok};
      document.body.insertAdjacentHTML('beforeend', '<p id="late">late') }, 1500), 1500), 1500)</script>`),
    '/fades': page(
      `<button id="a" onclick="document.querySelector('#menu').className = 'open'">Menu</button>
      <div id="menu"><button onclick="${ok}">Entry</button></div>`,
      '#menu { visibility: hidden; opacity: 0; transition: all 0.3s } #menu.open { visibility: visible; opacity: 1 }',
    ),
    '/moves': page(
      `<button id="a" onclick="${ok}">Go</button>`,
      '#a { position: relative; animation: come 0.6s } @keyframes come { from { left: 250px } }',
    ),
    '/shadow': page(`<x-host></x-host><script>
      const root = document.querySelector('x-host').attachShadow({ mode: 'open' });
      root.innerHTML = '<button id="a">Go</button>'; root.querySelector('#a').onclick = () => { ${ok} }</script>`),
    '/link': page('<a id="a" href="/sent" style="display: block">Next</a>'),
    '/label':
      page(`<label style="display: block; height: 40px">Yes <span style="position: relative"><input id="a" type="checkbox" onchange="${ok}"
      style="position: absolute; left: 0; width: 20px; height: 20px"></span></label>`),
    '/sticky': page(`<div style="position: fixed; top: 0; height: 100px; width: 100%; background: white">head</div>
      <div style="height: 900px"></div><button id="a" onclick="${ok}">Go</button><div style="height: 900px"></div>
      <script>addEventListener('load', () => scrollTo(0, 850))</script>`),
    '/banner': page(
      `<button id="a" onclick="${ok}">Go</button><div id="cookies" class="modal">We use cookies</div>`,
      '.modal { position: fixed; inset: 0; background: white }',
    ),
    '/hidden': page('<button id="a" style="visibility: hidden">Go</button>'),
    '/disabled': page('<button id="a" disabled>Go</button>'),
    '/restless': page(`<button id="a" style="position: absolute">Go</button><script>
      let left = 0; const move = () => { document.querySelector('#a').style.left = (left = (left + 7) % 200) + 'px'; requestAnimationFrame(move) }; move()</script>`),
    '/stored': page(`<button id="a" onclick="localStorage.setItem('theme', 'dark'); location.reload()">Dark</button>
      <script>if (localStorage.getItem('theme') === 'dark') ${ok}</script>`),
    '/secret': page(`<script>document.title = 'Hello ' + 'hunter2hunter2'</script><p>text`),
    '/echo': (request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>text');
    },
  });
  engine = await startTestEngine();
});

afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  await site?.[Symbol.asyncDispose]();
});

const a = '#a';
const ask = (path: string, steps: readonly Step[], more: object = {}, settings: PageSettings = {}): Promise<Answer> =>
  engine.ask({ url: `${site.origin}${path}`, viewport, page: { ...settings, steps }, ...more });

describe('each step does what a visitor would', () => {
  test.each<[string, StepAction[]]>([
    ['/click', [{ kind: 'click', selector: a }]],
    ['/hover', [{ kind: 'hover', selector: a }]],
    ['/focus', [{ kind: 'focus', selector: a }]],
    ['/fill', [{ kind: 'fill', selector: a, text: 'x@y.z' }]],
    ['/fill-area', [{ kind: 'fill', selector: a, text: 'x@y.z' }]],
    ['/fill-editable', [{ kind: 'fill', selector: a, text: 'x@y.z' }]],
    ['/fill-date', [{ kind: 'fill', selector: a, text: '2026-02-03' }]],
    ['/clear', [{ kind: 'fill', selector: a, text: '' }]],
    ['/select', [{ kind: 'select', selector: a, value: 'l' }]],
    ['/select', [{ kind: 'select', selector: a, value: 'Large' }]],
    ['/press', [{ kind: 'press', key: 'Control+Shift+K' }]],
    [
      '/enter',
      [
        { kind: 'focus', selector: a },
        { kind: 'press', key: 'Enter' },
      ],
    ],
    ['/late', [{ kind: 'wait-for', selector: '#late' }]],
    ['/late', [{ kind: 'wait', delayMs: 4500 }]],
    [
      '/fades',
      [
        { kind: 'click', selector: a },
        { kind: 'click', selector: '#menu button' },
      ],
    ],
    ['/moves', [{ kind: 'click', selector: a }]],
    ['/shadow', [{ kind: 'click', selector: a }]],
    ['/shadow', [{ kind: 'click', selector: 'x-host >>> #a' }]],
    [
      '/link',
      [
        { kind: 'click', selector: a },
        { kind: 'wait-for', selector: 'p' },
      ],
    ],
    ['/label', [{ kind: 'click', selector: a }]],
    ['/sticky', [{ kind: 'click', selector: a }]],
    ['/stored', [{ kind: 'click', selector: a }]],
  ])('%s with %o', async (path, steps) => {
    const answer = await ask(path, steps, {}, path === '/stored' ? { storage: { theme: 'light' } } : {});
    expect([answer.code, answer.message]).toEqual(['picture', '']);
    expect(colourAt(answer, 390, 290)).toBe(blue);
    const untouched = await ask(path, [], {}, path === '/stored' ? { storage: { theme: 'light' } } : {});
    expect(colourAt(untouched, 390, 290), 'without it').not.toBe(blue);
  });

  test('scroll-to brings the element to the top of the window', async () => {
    const answer = await ask('/scroll', [{ kind: 'scroll-to', selector: a }]);
    expect([colourAt(answer, 10, 5), colourAt(answer, 10, 45)]).toEqual([blue, white]);
  });
});

describe('together with the part that is captured', () => {
  test.each([
    ['a whole page', { fullPage: true }, 910],
    ['an element', { selector: a }, 10],
  ])('what is hovered over is so in the picture of %s', async (_, part, y) => {
    expect(colourAt(await ask('/hover-below', [{ kind: 'hover', selector: a }], part), 90, y)).toBe(blue);
    expect(colourAt(await ask('/hover-below', [], part), 90, y)).toBe(red);
  });

  test.each<[string, StepAction]>([
    ['waiting for something far below does not scroll', { kind: 'wait-for', selector: '#far' }],
    ['what scrolls the page a little takes the pointer along', { kind: 'focus', selector: '#b' }],
  ])('%s from under what is hovered over', async (_, step) => {
    const tall = { viewport: { width: 400, height: 340 } };
    expect(colourAt(await ask('/hover-far', [{ kind: 'hover', selector: a }, step], tall), 390, 290)).toBe(blue);
  });

  test('the pointer leaves what was clicked last', async () => {
    const steps: Step[] = [
      { kind: 'hover', selector: a },
      { kind: 'click', selector: a },
    ];
    expect(colourAt(await ask('/hover-click', steps), 390, 290)).toBe(red);
  });

  test('what was clicked shows in the whole page and in an element', async () => {
    const steps: Step[] = [{ kind: 'click', selector: a }];
    expect(colourAt(await ask('/sticky', steps, { fullPage: true }), 390, 1000)).toBe(blue);
    expect((await ask('/sticky', steps, { selector: a })).code).toBe('picture');
  });

  test('what is removed covers nothing', async () => {
    const steps: Step[] = [{ kind: 'click', selector: a }];
    expect(colourAt(await ask('/banner', steps, {}, { remove: ['#cookies'] }), 390, 290)).toBe(blue);
  });
});

describe('a step that cannot be done', () => {
  let impatient: TestEngine;
  beforeAll(async () => {
    impatient = await startTestEngine({ renderBudgetMs: 5_000 });
  });
  afterAll(() => impatient?.[Symbol.asyncDispose]());

  const fail = async (path: string, steps: readonly Step[]): Promise<Answer & { picture?: string; fix?: string }> => {
    const answer = await impatient.ask({ url: `${site.origin}${path}?token=t0ken`, viewport, page: { steps } });
    return { ...answer, ...(JSON.parse(answer.bytes.toString()) as object) };
  };

  test.each<[string, StepAction, string, string]>([
    ['/click', { kind: 'click', selector: '#none' }, 'No element matches "#none", also in open shadow roots.', 'add a step'],
    ['/hidden', { kind: 'click', selector: a }, 'One element matches "#a", and a style hides all of them.', 'add a step'],
    ['/banner', { kind: 'click', selector: a }, 'What matches "#a" is covered by div#cookies.modal.', 'remove'],
    ['/banner', { kind: 'hover', selector: a }, 'What matches "#a" is covered by div#cookies.modal.', 'remove'],
    ['/restless', { kind: 'click', selector: a }, 'What matches "#a" moves all the time', 'style'],
    ['/disabled', { kind: 'click', selector: a }, 'What matches "#a" is disabled.', 'wait-for'],
    ['/click', { kind: 'click', selector: 'p[' }, 'not a CSS selector: "p["', 'querySelector'],
    ['/click', { kind: 'fill', selector: a, text: 'x' }, 'Button#a is no field that can be filled.', 'Correct'],
    ['/click', { kind: 'select', selector: a, value: 'x' }, 'Button#a is no select.', 'Correct'],
    ['/select', { kind: 'select', selector: a, value: 'xl' }, 'Select#a has no such option; it has "s", "l".', 'Correct'],
    [
      '/fill-date',
      { kind: 'fill', selector: a, text: 'soon' },
      'Input#a does not take the text as a value of type date.',
      'Correct',
    ],
    ['/scroll', { kind: 'focus', selector: a }, 'Div#a.ok does not take the focus.', 'Correct'],
  ])('%s with %o', async (path, step, reason, fix) => {
    const steps: Step[] = [
      { kind: 'wait', delayMs: 0 },
      { ...step, at: 'visual-capture.yml:7' },
    ];
    const answer = await fail(path, steps);
    expect([answer.status, answer.code]).toEqual([422, 'step_failed']);
    const what = 'selector' in step ? `${step.kind} ${step.selector}` : step.kind;
    expect(answer.message).toContain(`Step 2 of 2, ${what} (visual-capture.yml:7): `);
    expect(answer.message).toContain(reason);
    expect(answer.message).toContain(`The page that was shown: “The page”, ${site.origin}${path}.`);
    expect(answer.fix).toContain(fix);
    const picture = PNG.sync.read(Buffer.from(answer.picture ?? '', 'base64'));
    expect([picture.width, picture.height]).toEqual([400, 300]);
  });

  test('repeats nothing of what was to be typed', async () => {
    const answer = await fail('/click', [{ kind: 'fill', selector: a, text: 'hunter2hunter2' }]);
    expect(answer.bytes.toString()).not.toContain('hunter2');
  });

  test.each<[unknown, string]>([
    ['click', 'steps must be a list of steps'],
    [[{ kind: 'jump' }], 'number 1 must be an object with a kind, one of click, hover'],
    [[{ kind: 'click' }, { kind: 'click', selector: '' }], 'number 2 selector must be a text that is not empty'],
    [[{ kind: 'click' }], 'number 1 selector must be a text that is not empty'],
    [[{ kind: 'press', key: 'Foo' }], 'number 1 key must be a key'],
    [[{ kind: 'wait', delayMs: 10_001 }], 'number 1 delayMs must be a whole number from 0 to 10000'],
  ])('is refused by its form: %j', async (steps, problem) => {
    const { code, message } = await engine.ask({ html: '<p>', page: { steps: steps as Step[] } });
    expect([code, message]).toEqual(['bad_request', expect.stringContaining(problem)]);
  });
});
