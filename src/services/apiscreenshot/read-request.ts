import { parseJson } from '../../basics/parse-json.ts';
import { defined } from '../../basics/record.ts';
import { type ImageFormat, type Page, type WaitUntil, waitUntilValues } from '../../plan/capture.ts';
import type { PageSettings } from '../../plan/page-settings.ts';
import { limits } from './limits.ts';
import { isPageSettings, unknownOfSettings } from './read-page-settings.ts';
import type { CaptureRequestBody } from './request.ts';
import { type Check, isBoolean, isFields, isNumber, isOneOf, isText, problemsOf, unknownOf } from './wire-checks.ts';

/** What a request asks for, with the defaults filled in. */
export interface RequestedCapture {
  readonly page: Page;
  /** CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number; readonly deviceScaleFactor: number };
  readonly fullPage: boolean;
  /** Absent: the engine sees for itself when the page is ready. */
  readonly waitUntil?: WaitUntil;
  readonly selector?: string;
  readonly format: ImageFormat;
  /** 1 to 100, jpeg only. */
  readonly quality?: number;
  /** How the page is to look. */
  readonly settings: PageSettings;
  /** Fields that are not known, at any depth, left aside: each by its way, e.g. `viewport.isMobile`. */
  readonly ignored: readonly string[];
}

const defaultViewport = { width: 1280, height: 800, deviceScaleFactor: 1 };

type WireViewport = NonNullable<CaptureRequestBody['viewport']>;

const isUrl: Check = (value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) {
    return 'must be an absolute URL';
  }
  const { protocol } = new URL(value);
  return protocol === 'http:' || protocol === 'https:' ? undefined : `must start with http:// or https://, not ${protocol}`;
};

const viewportChecks: Readonly<Record<keyof WireViewport, Check>> = {
  width: isNumber(limits.viewportSidePx, 'whole'),
  height: isNumber(limits.viewportSidePx, 'whole'),
  deviceScaleFactor: isNumber(limits.deviceScaleFactor, 'any'),
};

const isViewport: Check = (value) => {
  if (!isFields<WireViewport>(value)) {
    return 'must be an object with width and height';
  }
  if (value.width === undefined || value.height === undefined) {
    return 'needs both width and height';
  }
  const problems = problemsOf(value, viewportChecks);
  return problems.length === 0 ? undefined : problems.join('; ');
};

const checks: Readonly<Record<keyof CaptureRequestBody, Check>> = {
  url: isUrl,
  html: isText,
  viewport: isViewport,
  fullPage: isBoolean,
  waitUntil: isOneOf(waitUntilValues),
  selector: isText,
  format: isOneOf(['png', 'jpeg']),
  quality: isNumber(limits.quality, 'whole'),
  page: isPageSettings,
};

/** Reads the body of a request, as the service would; everything that is wrong with it, in one sentence. */
export function readRequest(bodyText: string): RequestedCapture | { readonly problem: string } {
  const body = parseJson(bodyText);
  if (!isFields<CaptureRequestBody>(body)) {
    return { problem: 'The body is not a JSON object.' };
  }

  const problems = problemsOf(body, checks);
  if ((body.url === undefined) === (body.html === undefined)) {
    problems.unshift('give exactly one of url and html');
  }
  if (body.quality !== undefined && body.format !== 'jpeg') {
    problems.push('quality goes only with format jpeg');
  }
  if (problems.length > 0) {
    return { problem: `${problems.join('; ')}.` };
  }

  // Every field was checked above, so the types hold.
  const checked = body as CaptureRequestBody;
  const { viewport = {}, page = {} } = checked;
  const ignored = [
    ...unknownOf(body, checks, ''),
    ...unknownOf(viewport, viewportChecks, 'viewport'),
    ...unknownOfSettings(page, 'page'),
  ];
  return { ...fillIn(checked), ignored };
}

function fillIn(body: CaptureRequestBody): Omit<RequestedCapture, 'ignored'> {
  const { url, html = '', viewport = defaultViewport, selector, quality, waitUntil } = body;
  const { width, height, deviceScaleFactor = defaultViewport.deviceScaleFactor } = viewport;
  return {
    page: url === undefined ? { kind: 'html', html } : { kind: 'url', url },
    viewport: { width, height, deviceScaleFactor },
    fullPage: body.fullPage ?? false,
    ...defined({ waitUntil, selector }),
    format: body.format ?? 'png',
    ...defined({ quality }),
    settings: body.page ?? {},
  };
}
