import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/engine/service/parse-request.ts';
import { loadInputs } from '../../src/inputs/load.ts';
import type { pageSettings } from '../../src/inputs/page-settings.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import type { PageSettings } from '../../src/plan/page-settings.ts';
import { render } from '../../src/services/apiscreenshot/request.ts';
import { openWorkspace } from '../../src/system/workspace.ts';
import { createWorkspace, put, type Workspace } from '../helpers/bundle.ts';

interface WireForm {
  /** As it stands in a target. */
  readonly config: string;
  /** What the built-in engine is sent. */
  readonly page: PageSettings;
  /** What the hosted service is sent; a text: why it cannot be asked. */
  readonly hosted: Readonly<Record<string, unknown>> | string;
}

type Written = (typeof pageSettings)[keyof typeof pageSettings]['input'] | 'color-schemes' | 'mask' | 'viewports';

const viewport = { width: 1280, height: 800 };
const impossible = 'goes only with engine: local';

/** A setting that has no line does not compile. */
const forms: { readonly [Name in Written]: WireForm } = {
  hide: {
    config: '[.ad, "#chat, #help"]',
    page: { hide: ['.ad', '#chat, #help'] },
    hosted: {
      addStyleTag: [{ content: '.ad { visibility: hidden !important; }\n#chat, #help { visibility: hidden !important; }' }],
    },
  },
  remove: {
    config: '.ad',
    page: { remove: ['.ad'] },
    hosted: { addStyleTag: [{ content: '.ad { display: none !important; }' }] },
  },
  style: {
    config: '"p { color: red }"',
    page: { style: 'p { color: red }' },
    hosted: { addStyleTag: [{ content: 'p { color: red }' }] },
  },
  'wait-for': {
    config: '["#chart", .legend]',
    page: { waitFor: ['#chart', '.legend'] },
    hosted: { waitForSelector: { selector: ':root:has(#chart):has(.legend)', visible: true } },
  },
  delay: { config: '500', page: { delayMs: 500 }, hosted: { waitForTimeout: 500 } },
  'user-agent': { config: 'Robot', page: { userAgent: 'Robot' }, hosted: { userAgent: 'Robot' } },
  cookies: {
    config: '["a=b=c", d=]',
    page: {
      cookies: [
        { name: 'a', value: 'b=c' },
        { name: 'd', value: '' },
      ],
    },
    hosted: {
      cookies: [
        { name: 'a', value: 'b=c', url: 'https://site.example/page' },
        { name: 'd', value: '', url: 'https://site.example/page' },
      ],
    },
  },
  viewports: {
    config: '[iPhone 15]',
    page: { mobile: true, touch: true, userAgent: expect.stringContaining('iPhone') },
    hosted: {
      userAgent: expect.stringContaining('iPhone'),
      viewport: { width: 393, height: 659, deviceScaleFactor: 3, isMobile: true, hasTouch: true },
    },
  },
  locale: { config: 'de-de', page: { locale: 'de-DE' }, hosted: impossible },
  timezone: { config: 'Europe/Berlin', page: { timezone: 'Europe/Berlin' }, hosted: impossible },
  'reduced-motion': { config: 'false', page: { reducedMotion: false }, hosted: impossible },
  clock: { config: '2026-01-01T12:00:00+01:00', page: { clockMs: Date.UTC(2026, 0, 1, 11) }, hosted: impossible },
  random: { config: '42', page: { random: '42' }, hosted: impossible },
  storage: { config: '{theme: dark, count: 3}', page: { storage: { theme: 'dark', count: '3' } }, hosted: impossible },
  steps: {
    config: '[{click: "#menu"}, {fill: {"#name": Ada}}, {press: Control+a}, {wait: 100}]',
    page: {
      steps: [
        { kind: 'click', selector: '#menu', at: expect.any(String) },
        { kind: 'fill', selector: '#name', text: 'Ada', at: expect.any(String) },
        { kind: 'press', key: 'Control+a', at: expect.any(String) },
        { kind: 'wait', delayMs: 100, at: expect.any(String) },
      ],
    },
    hosted: impossible,
  },
  'color-schemes': { config: '[dark]', page: { colorScheme: 'dark' }, hosted: impossible },
  mask: { config: '[.clock]', page: { maskSelectors: ['.clock'] }, hosted: impossible },
};

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

/** The body of the request for a target with these settings. */
async function bodyOf(engine: 'api' | 'local', settings: readonly string[]): Promise<Record<string, unknown>> {
  await put(
    workspace,
    'visual-capture.yml',
    `targets:\n  - url: https://site.example/page\n${settings.map((line) => `    ${line}\n`).join('')}`,
  );
  const values = new Map<InputName, string>([
    ['engine', engine],
    ['api-key', 'sk_live_x'],
  ]);
  const { captures } = await loadInputs({ values, env: {}, fork: false, purpose: 'check' }, openWorkspace(workspace.path));
  const [capture] = captures;
  if (capture === undefined || captures.length > 1) {
    throw new Error(`There are ${captures.length} captures.`);
  }
  const url = new URL('https://api.example/v1/screenshot');
  return JSON.parse(render(capture, { url, key: 'sk_live_x', builtIn: engine === 'local' }).body ?? '') as Record<
    string,
    unknown
  >;
}

const page = 'https://site.example/page';
const lineOf = (name: string, { config }: WireForm): string => `${name}: ${config}`;

describe('the built-in engine', () => {
  test.each(Object.entries(forms))('is sent %s, and knows every field of it', async (name, form) => {
    const body = await bodyOf('local', [lineOf(name, form)]);
    expect(body).toMatchObject({ url: page, page: form.page });
    expect(Object.keys(body['page'] ?? {}).toSorted()).toEqual(Object.keys(form.page).toSorted());
    expect(parseRequest(JSON.stringify(body))).toMatchObject({ kind: 'job', settings: form.page, ignored: [] });
  });
});

describe('the hosted service', () => {
  const [possible, not] = [
    Object.entries(forms).filter(([, { hosted }]) => typeof hosted !== 'string'),
    Object.entries(forms).filter(([, { hosted }]) => typeof hosted === 'string'),
  ];

  test.each(possible)('is sent %s under the names of the engine behind it', async (name, form) => {
    expect(await bodyOf('api', [lineOf(name, form)])).toEqual({ url: page, viewport, ...Object(form.hosted) });
  });

  test.each(not)('cannot be sent %s, which is a wrong input with its line', async (name, form) => {
    await expect(bodyOf('api', [lineOf(name, form)])).rejects.toThrow(/visual-capture\.yml:3/);
    await expect(bodyOf('api', [lineOf(name, form)])).rejects.toThrow(String(form.hosted));
  });

  test('is sent several in one body, each where it belongs', async () => {
    const lines = [
      'viewports: [iPhone 15]',
      'hide: .ad',
      'style: "p { color: red }"',
      'api-options: {"viewport": {"isLandscape": true}}',
    ];
    expect(await bodyOf('api', lines)).toEqual({
      url: page,
      ...Object(forms.viewports.hosted),
      viewport: { ...Object(Object(forms.viewports.hosted).viewport), isLandscape: true },
      addStyleTag: [{ content: '.ad { visibility: hidden !important; }' }, { content: 'p { color: red }' }],
    });
  });
});
