import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateBundles } from '../../src/check/bundles.ts';
import { type Checked, check } from '../../src/check/check.ts';
import type { InputName } from '../../src/inputs/spec.ts';
import type { PageSettings } from '../../src/plan/page-settings.ts';
import { readOptionProbe, renderOptionProbe } from '../../src/services/apiscreenshot/option-probe.ts';
import { startTestEngine, type TestEngine } from '../engine/support/engine.ts';
import { createWorkspace, put } from '../helpers/bundle.ts';
import { drawPng } from '../helpers/draw-png.ts';
import { answers, type FakeScript, type RecordedRequest, startFakeService } from '../helpers/fake-service.ts';
import { silentLog } from '../helpers/silent-log.ts';

const bundles = locateBundles(new URL('../../src/', import.meta.url));
const silent = { start() {}, service() {}, done() {}, stop() {} };
const config = 'hide: [.ad]\ntargets:\n  - url: /a\n    wait-for: "#chart"\n    delay: 100\n';

const isProbe = ({ body }: RecordedRequest): boolean => String(body?.['html']).includes('set(');

/** A service that does some options, and says so in the picture of the page that tries them. */
function honouring(keys: readonly (keyof PageSettings)[]): FakeScript {
  const { blocks } = renderOptionProbe(['hide', 'waitFor', 'delayMs']);
  const picture = drawPng(
    400,
    40,
    blocks.map((key, index) => ({
      x: index * 40,
      y: 0,
      width: 40,
      height: 40,
      colour: keys.includes(key) ? [0, 255, 0] : [255, 0, 0],
    })),
  );
  return (request) => (isProbe(request) ? answers.picture(picture) : answers.picture());
}

async function run(script: FakeScript, text = config, inputs: Partial<Record<InputName, string>> = {}) {
  await using service = await startFakeService({ script });
  await using workspace = await createWorkspace();
  await put(workspace, 'visual-capture.yml', text);
  const values = Object.entries({
    'api-key': 'sk',
    'api-url': service.url,
    'base-url': 'https://site.dev',
    'page-check': 'off',
    retakes: '0',
    ...inputs,
  });
  const { report }: Checked = await check(
    { values: new Map(values) as Map<InputName, string>, env: {}, fork: false, purpose: 'check' },
    { directory: workspace.path, bundles, log: silentLog, progress: () => silent },
    new AbortController().signal,
  );
  return { report, bodies: service.requests.map(({ body }) => body as Record<string, unknown>) };
}

describe('options that the service does not document', () => {
  it('are tried on one small page first, which counts as a request and a credit', async () => {
    const { report, bodies } = await run(honouring(['hide', 'waitFor', 'delayMs']));
    expect(bodies).toEqual([
      expect.objectContaining({ html: expect.any(String) }),
      expect.objectContaining({
        url: 'https://site.dev/a',
        addStyleTag: [{ content: '.ad { visibility: hidden !important; }' }],
        waitForSelector: { selector: '#chart', visible: true },
        waitForTimeout: 100,
      }),
    ]);
    expect(report.service).toMatchObject({ requests: 2, credits: 2 });
    expect(report.run.triedOptions).toEqual([
      'hide (visual-capture.yml:1)',
      'wait-for (visual-capture.yml:4)',
      'delay (visual-capture.yml:5)',
    ]);
  });

  it.each<[string, FakeScript, string]>([
    ['some', honouring(['hide', 'waitFor']), 'delay (visual-capture.yml:5)'],
    ['none', honouring([]), 'hide (visual-capture.yml:1), wait-for (visual-capture.yml:4), delay (visual-capture.yml:5)'],
    ['a refusal', answers.error('bad_request', { message: 'unknown field' }), 'ended as bad_request: unknown field'],
    ['a page that is never ready', answers.error('render_timeout'), 'ended as render_timeout'],
    ['a picture of nothing', (request) => (isProbe(request) ? answers.picture(drawPng(1, 1, [])) : answers.picture()), 'hide ('],
  ])('stop the run where %s of them are honoured, and nothing else is sent', async (_, script, detail) => {
    const { report, bodies } = await run(script);
    expect(bodies.every((body) => body['url'] === undefined)).toBe(true);
    expect(report.captures.map(({ status, error }) => [status, error?.code])).toEqual([['skipped', 'unsupported_option']]);
    expect(report.stopped?.message).toContain(detail);
    expect(report.stopped?.fix).toContain('set engine: local');
  });

  it('are not tried where nobody uses one, nor twice', async () => {
    expect((await run(answers.picture(), 'targets: [/a]\n')).bodies).toHaveLength(1);
    expect((await run(honouring(['hide']), 'hide: [.ad]\ntargets: [/a, /b, /c]\n')).bodies).toHaveLength(4);
  });

  it('leave the reason to the run where it is none of theirs', async () => {
    const { report } = await run(answers.error('invalid_api_key'));
    expect(report.stopped?.code).toBe('invalid_api_key');
  });

  it('are part of what max-captures allows', async () => {
    const { report, bodies } = await run(honouring(['hide']), 'hide: [.ad]\ntargets: [/a]\n', { 'max-captures': '1' });
    expect([bodies.length, report.stopped?.code]).toEqual([1, 'capture_limit']);
  });
});

describe('the page that tries them, in a real browser', () => {
  const keys = ['hide', 'remove', 'style', 'waitFor', 'delayMs', 'userAgent', 'mobile', 'touch'] as const;
  const probe = renderOptionProbe(keys);
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine();
  });
  afterAll(() => engine?.[Symbol.asyncDispose]());

  const missing = async (page: PageSettings): Promise<readonly string[]> => {
    const { bytes } = await engine.ask({ html: probe.html, viewport: probe.viewport, page, waitUntil: 'load' });
    const { width, height, data } = PNG.sync.read(bytes);
    return readOptionProbe(probe, { width, height, pixels: data });
  };

  it('shows all that are honoured', async () => {
    expect(await missing(probe.settings)).toEqual([]);
  });

  it('shows that none is', async () => {
    expect(await missing({})).toEqual(keys);
  });

  it.each(keys)('shows that only %s is', async (key) => {
    expect(await missing({ [key]: probe.settings[key] })).toEqual(keys.filter((other) => other !== key));
  });
});
