import { defined, isRecord } from '../../basics/record.ts';
import { type ImageFormat, type Page, type WaitUntil, waitUntilValues } from '../../plan/capture.ts';
import type { Range } from '../capture-api.ts';
import { limits } from './limits.ts';
import type { CaptureRequestBody } from './request.ts';

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
  /** Fields that are not documented, left aside. */
  readonly ignored: readonly string[];
}

const defaultViewport = { width: 1280, height: 800, deviceScaleFactor: 1 };

/** An object from outside with some of the fields, nothing known of their values. */
type Unchecked<T> = { readonly [Field in keyof T]?: unknown };
type WireViewport = NonNullable<CaptureRequestBody['viewport']>;

/** A check of one field: what is wrong with a value that was given, or undefined. */
type Check = (value: unknown) => string | undefined;

const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isText: Check = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text that is not empty';

function isOneOf(values: readonly string[]): Check {
  return (value) => (values.some((known) => known === value) ? undefined : `must be one of ${values.join(', ')}`);
}

function isNumber({ min, max }: Range, kind: 'whole' | 'any'): Check {
  return (value) =>
    typeof value === 'number' && value >= min && value <= max && (kind === 'any' || Number.isInteger(value))
      ? undefined
      : `must be a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}`;
}

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
  const capture = fillIn(body as CaptureRequestBody);
  return { ...capture, ignored: Object.keys(body).filter((field) => !Object.hasOwn(checks, field)) };
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
  };
}

/** What is wrong with the fields that are there, one text each. */
function problemsOf<T>(fields: Unchecked<T>, table: Readonly<Record<keyof T & string, Check>>): string[] {
  return (Object.keys(table) as (keyof T & string)[]).flatMap((field) => {
    const value = fields[field];
    const problem = value === undefined ? undefined : table[field](value);
    return problem === undefined ? [] : [`${field} ${problem}`];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields<T>(value: unknown): value is Unchecked<T> {
  return isRecord(value);
}
