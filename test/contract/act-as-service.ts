import { waitUntilValues } from '../../src/plan/capture.ts';
import { answers, type FakeAnswer, type FakeScript, type RecordedRequest, type RequestFields } from '../helpers/fake-service.ts';
import { solidPng } from '../helpers/solid-png.ts';
import { keys, type Setup } from './service-under-test.ts';

/** How long the page behind a request takes. The suite's pages say it in their URL. */
export function pageDelayMs({ body }: RecordedRequest): number {
  return isUrl(body?.url) ? Number(new URL(body.url).searchParams.get('delay') ?? 0) : 0;
}

/**
 * A script for the fake service that answers by key and body as the service does. It is written from the contract
 * alone and shares nothing with the built-in engine, so that the suite holds both to the same text.
 */
export function actAsService(setup: Setup): FakeScript {
  const { renderBudgetMs = 20_000 } = setup;
  let creditsLeft = setup.credits ?? Number.POSITIVE_INFINITY;
  return (request) => {
    const refused = refuse(request, setup);
    if (refused !== undefined) {
      return refused;
    }
    if (creditsLeft < 1) {
      return answers.error('payment_required');
    }
    if (setup.withoutBrowser === true) {
      return answers.error('engine_unavailable');
    }
    if (pageDelayMs(request) > renderBudgetMs) {
      return { ...answers.error('render_timeout'), delayMs: renderBudgetMs };
    }
    const picture = render(request.body ?? {});
    if (picture.status < 300) {
      creditsLeft -= 1;
    }
    return picture;
  };
}

function refuse({ path, method, headers, body }: RecordedRequest, setup: Setup): FakeAnswer | undefined {
  if (path !== '/v1/screenshot') {
    return other(404, 'not_found');
  }
  if (method !== 'POST') {
    return other(405, 'method_not_allowed');
  }
  const { authorization } = headers;
  switch (authorization) {
    case `Bearer ${keys.withoutScope}`:
      return answers.error('insufficient_scope');
    case `Bearer ${keys.valid}`:
    case `Bearer ${keys.second}`:
      return body !== undefined && isRight(body, setup) ? undefined : answers.error('bad_request');
    default:
      return answers.error('invalid_api_key');
  }
}

function isRight(body: RequestFields, { refusePrivate }: Setup): boolean {
  const { url, html, format = 'png', quality, waitUntil = 'load', fullPage = false, selector = '*', viewport = {} } = body;
  const { width = 1, height = width === 1 ? 1 : 0, deviceScaleFactor = 1 } = viewport as Record<string, unknown>;
  const within = (value: unknown, min: number, max: number): boolean => typeof value === 'number' && value >= min && value <= max;
  return [
    (url === undefined) !== (html === undefined),
    url === undefined || (isUrl(url) && !(refusePrivate === true && isPrivate(new URL(url)))),
    html === undefined || (typeof html === 'string' && html !== ''),
    format === 'png' || format === 'jpeg',
    quality === undefined || (format === 'jpeg' && within(quality, 1, 100)),
    waitUntilValues.some((known) => known === waitUntil),
    typeof fullPage === 'boolean',
    typeof selector === 'string' && /^[\w#.*-]+$/.test(selector),
    within(width, 1, 10_000) && within(height, 1, 10_000) && within(deviceScaleFactor, 0.1, 5),
  ].every(Boolean);
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** The addresses that the suite asks for. */
function isPrivate({ hostname }: URL): boolean {
  return /^(localhost|127\.|192\.168\.|169\.254\.|\[fe80:|\[::ffff:7f)/.test(hostname);
}

type Picture = ReturnType<typeof answers.picture>;

/** A picture of the size that the body asks for: the sizes of the page and its element are read from its html. */
function render({ html = '', viewport, selector, fullPage, format }: RequestFields): Picture {
  const { width, height, deviceScaleFactor = 1 } = (viewport ?? { width: 1280, height: 800 }) as Record<string, number>;
  const [box, pageHeight] = [/width:(\d+)px;height:(\d+)px/.exec(String(html)), /height:(\d+)px/.exec(String(html))];
  if (selector !== undefined && !String(html).includes(`id="${String(selector).slice(1)}"`)) {
    return answers.error('selector_not_found');
  }
  const size =
    selector !== undefined
      ? { width: Number(box?.[1]), height: Number(box?.[2]) }
      : { width: Number(width), height: fullPage === true ? Number(pageHeight?.[1]) : Number(height) };
  const [pixelWidth, pixelHeight] = [size.width * deviceScaleFactor, size.height * deviceScaleFactor];
  return format === 'jpeg'
    ? answers.picture(jpegStructure(pixelWidth, pixelHeight), 'image/jpeg')
    : answers.picture(solidPng(pixelWidth, pixelHeight, [200, 200, 200]));
}

/** The structure of a grey JPEG: start, frame header, start of scan, a byte of data, end (ITU T.81, annex B). */
function jpegStructure(width: number, height: number): Uint8Array {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const frame = [0xff, 0xc0, 0, 11, 8, ...size, 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0];
  return Uint8Array.of(0xff, 0xd8, ...frame, ...scan, 0xff, 0xd9);
}

function other(status: number, error: string): FakeAnswer {
  return { kind: 'response', status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
}
