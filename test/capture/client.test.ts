import { describe, expect, test } from 'vitest';
import type { ServiceErrorCode } from '../../src/errors/codes.ts';
import { type PageFacts, pageFactsHeader, renderPageFacts } from '../../src/results/page-facts.ts';
import { answers, type FakeAnswer } from '../helpers/fake-service.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { apiKey, connectTo, sendBy, sendTo, startService } from './support/connect.ts';

const response = (status: number, contentType: string, text: string): FakeAnswer => ({
  kind: 'response',
  status,
  headers: { 'content-type': contentType },
  body: text,
});

test('one request: POST, the key as a bearer, the body as it is', async () => {
  const service = await startService();
  expect(await sendBy(connectTo(service.url))).toMatchObject({
    kind: 'image',
    image: { format: 'png', size: { width: 4, height: 3 } },
  });
  expect(service.requests).toHaveLength(1);
  expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/v1/screenshot', body: { url: 'https://site.example/' } });
  expect(service.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    'user-agent': 'test/1',
  });
});

test('the picture has memory of its own, which can be handed to another thread', async () => {
  const result = await sendTo(answers.picture());
  if (result.kind !== 'image') {
    throw new Error('no picture');
  }
  const { bytes } = result.image;
  expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
  expect(() => structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })).not.toThrow();
});

test.each<ServiceErrorCode>([
  'bad_request',
  'selector_not_found',
  'invalid_api_key',
  'payment_required',
  'insufficient_scope',
  'rate_limited',
  'engine_unavailable',
  'engine_busy',
  'render_timeout',
])('%s is told by its code, with the message as detail', async (code) => {
  const result = await sendTo(answers.error(code, { message: 'in its own words' }));
  expect(result).toMatchObject({ kind: 'failure', failure: { code, detail: 'in its own words' } });
});

test('Retry-After is read in both forms', async () => {
  expect(await sendTo(answers.error('engine_busy', { retryAfter: 3 }))).toMatchObject({
    retryAfter: { ms: 3000, unsure: false },
  });
  const date = await sendTo(answers.error('engine_busy', { retryAfter: new Date(Date.now() + 60_000) }));
  expect(date.kind === 'failure' && date.retryAfter?.ms).toBeGreaterThan(50_000);
  expect(await sendTo(answers.error('engine_busy', { retryAfter: 'soon' }))).not.toHaveProperty('retryAfter');
});

describe('answers that no one documented', () => {
  test.each([
    ['a page of a proxy', answers.htmlPage(502), 'unexpected_response', 502, 'HTTP 502 with text/html: “502 Bad Gateway”'],
    ['a page with 503', answers.htmlPage(503), 'engine_busy', 503, 'HTTP 503 with text/html'],
    ['a page with 429', answers.htmlPage(429), 'rate_limited', 429, 'HTTP 429 with text/html'],
    [
      'an unknown code',
      response(418, 'application/json', '{"error":"teapot"}'),
      'unexpected_response',
      418,
      'the unknown error, “teapot”',
    ],
    [
      'a code with another status',
      response(500, 'application/json', '{"error":"engine_busy"}'),
      'unexpected_response',
      500,
      'another status',
    ],
    [
      'an error with status 200',
      response(200, 'application/json', '{"error":"engine_busy"}'),
      'unexpected_response',
      200,
      'another status',
    ],
    ['nothing at all', response(200, '', ''), 'unexpected_response', 200, 'no text'],
    [
      'a picture of another kind',
      response(200, 'image/webp', '\u0000\u0001RIFF\ufffd\ufffd\ufffdWEBP'),
      'unexpected_response',
      200,
      'HTTP 200 with image/webp and no text',
    ],
    ['no picture under image/png', answers.garbage(), 'unexpected_response', 200, 'cannot be used'],
    ['half a picture', answers.truncatedPicture(), 'unexpected_response', 200, 'cannot be used'],
    ['a PNG under image/jpeg', answers.picture(undefined, 'image/jpeg'), 'unexpected_response', 200, 'the bytes are png'],
    ['a hostile code', response(400, 'application/json', '{"error":"__proto__"}'), 'unexpected_response', 400, '__proto__'],
  ] as const)('%s', async (_, answer, code, status, detail) => {
    const result = await sendTo(answer);
    expect(result).toMatchObject({ kind: 'failure', failure: { code, status, detail: expect.stringContaining(detail) } });
  });

  test('an echo of the key, terminal sequences and long texts do not get through', async () => {
    const message = `\u001b[31mkey ${apiKey}\u001b[0m ${'long '.repeat(500)}`;
    const result = await sendTo(answers.error('bad_request', { message }));
    if (result.kind !== 'failure') {
      throw new Error('no failure');
    }
    expect(result.failure.detail).toMatch(/^key \*\*\* long/);
    expect(result.failure.detail?.length).toBeLessThanOrEqual(300);
  });
});

describe('redirects', () => {
  test('are never followed, and told without what may be secret in them', async () => {
    const elsewhere = await startService();
    const target = `${elsewhere.origin.replace('//', '//user:password@')}/login?token=abc#frag`;
    const result = await sendTo(answers.redirect(target));
    expect(elsewhere.requests).toHaveLength(0);
    if (result.kind !== 'failure') {
      throw new Error('no failure');
    }
    expect(result.failure).toMatchObject({ code: 'unexpected_response', status: 307 });
    expect(result.failure.detail).toContain(`${elsewhere.origin}/login`);
    expect(result.failure.detail).not.toMatch(/password|token|frag/);
  });

  test('may point nowhere', async () => {
    expect(await sendTo(answers.redirect('http://['))).toMatchObject({ failure: { detail: expect.stringContaining('nowhere') } });
  });
});

test('a key that no header can carry is told to the user, without the key', () => {
  expect(() => connectTo('https://api.example/', { apiKey: 'sk_live_a\nb' })).toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.not.stringContaining('sk_live_a') }),
  );
});

describe('what the built-in engine tells beyond the contract', () => {
  const facts: PageFacts = {
    document: { url: 'https://site.example/?token=hush-hush', status: 200, contentType: 'text/html' },
    failedResources: [{ kind: 'image', url: 'https://site.example/a.png', reason: '404' }],
    exceptions: [`Error: \u001b[31mthe key ${apiKey}\nwas refused`],
    consoleErrors: [],
    blankFrames: [],
    warnings: [{ kind: 'endless', heightPx: 30_000 }],
  };
  const picture = answers.picture();
  const withFacts = { ...picture, headers: { ...picture.headers, [pageFactsHeader]: renderPageFacts(facts) } };
  const refused = {
    ...response(400, 'application/json', ''),
    body: JSON.stringify({ error: 'bad_request', message: 'No page.', fix: `Name one, ${apiKey}.` }),
  };

  test('is believed, in clean text without secrets', async () => {
    const result = await sendTo(withFacts, { builtIn: true });
    expect(result.kind === 'image' && result.image.page).toEqual({
      ...facts,
      document: { ...facts.document, url: 'https://site.example/?token=***' },
      exceptions: ['Error: the key *** was refused'],
    });
    expect(await sendTo(refused, { builtIn: true })).toMatchObject({ failure: { detail: 'No page.', fix: 'Name one, ***.' } });
  });

  test('holds a thousand boxes of masks', async () => {
    const box = { x: 10_000, y: 60_000, width: 10_000, height: 10_000 };
    const masks = [Array.from({ length: 1000 }, () => box), []];
    const full = { ...facts, consoleErrors: Array.from({ length: 10 }, () => 'e'.repeat(300)), masks };
    const headers = { ...picture.headers, [pageFactsHeader]: renderPageFacts(full) };
    const result = await sendTo({ ...picture, headers }, { builtIn: true });
    expect(result.kind === 'image' && result.image.page?.masks).toEqual(masks);
  });

  test('is not believed of any other service', async () => {
    const result = await sendTo(withFacts);
    expect(result.kind === 'image' && result.image).not.toHaveProperty('page');
    expect(await sendTo(refused)).toMatchObject({ failure: expect.not.objectContaining({ fix: expect.anything() }) });
  });

  const png = solidPng(4, 3, [128, 128, 128]);
  const stepFailed = (bytes: Uint8Array): FakeAnswer =>
    response(
      422,
      'application/json',
      JSON.stringify({
        error: 'step_failed',
        message: `Step 1 of 1, click #${apiKey}: covered.`,
        fix: `Close ${apiKey}.`,
        picture: Buffer.from(bytes).toString('base64'),
      }),
    );

  test('a step that failed, with the picture of the page', async () => {
    expect(await sendTo(stepFailed(png), { builtIn: true })).toEqual({
      kind: 'failure',
      failure: {
        code: 'step_failed',
        status: 422,
        detail: 'Step 1 of 1, click #***: covered.',
        isWhole: true,
        fix: 'Close ***.',
        picture: { bytes: new Uint8Array(png), format: 'png', size: { width: 4, height: 3 } },
      },
    });
  });

  test('a picture of a failed step that cannot be decoded is left aside', async () => {
    const result = await sendTo(stepFailed(png.subarray(0, 40)), { builtIn: true });
    expect(result).toMatchObject({ failure: { code: 'step_failed' } });
    expect(result).not.toHaveProperty('failure.picture');
  });

  test('no other service has steps that could fail', async () => {
    const result = await sendTo(stepFailed(png));
    expect(result).toMatchObject({ failure: { code: 'unexpected_response' } });
    expect(result).not.toHaveProperty('failure.picture');
  });

  test('is left aside where it has another form', async () => {
    const odd = { ...picture, headers: { ...picture.headers, [pageFactsHeader]: '{"exceptions": 3}' } };
    const result = await sendTo(odd, { builtIn: true });
    expect(result.kind === 'image' && result.image).not.toHaveProperty('page');
  });
});
