import { type CaptureRequestBody, requestLimits } from '../../capture/contract.ts';
import { type ImageFormat, type Page, type WaitUntil, waitUntilValues } from '../../plan/capture.ts';
import { pictureSizeProblem } from '../limits.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What is to be rendered: a request's body, checked, with every default filled in. */
export interface RenderJob {
  readonly kind: 'job';
  readonly page: Page;
  /** CSS pixels. */
  readonly viewport: { readonly width: number; readonly height: number; readonly deviceScaleFactor: number };
  readonly fullPage: boolean;
  readonly waitUntil: WaitUntil;
  readonly selector?: string;
  readonly format: ImageFormat;
  /** 1 to 100, jpeg only. */
  readonly quality?: number;
  /** Fields that the built-in engine does not know and leaves aside. */
  readonly ignored: readonly string[];
}

const defaultViewport = { width: 1280, height: 800, deviceScaleFactor: 1 };

/** An object from outside with some of the contract's fields, nothing known of their values. */
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

function isNumber({ min, max }: { min: number; max: number }, kind: 'whole' | 'any'): Check {
  return (value) =>
    typeof value === 'number' && value >= min && value <= max && (kind === 'any' || Number.isInteger(value))
      ? undefined
      : `must be a ${kind === 'whole' ? 'whole ' : ''}number from ${min} to ${max}`;
}

const isUrl: Check = (value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) return 'must be an absolute URL';
  const { protocol } = new URL(value);
  return protocol === 'http:' || protocol === 'https:' ? undefined : `must start with http:// or https://, not ${protocol}`;
};

const viewportChecks: Readonly<Record<keyof WireViewport, Check>> = {
  width: isNumber(requestLimits.viewportSidePx, 'whole'),
  height: isNumber(requestLimits.viewportSidePx, 'whole'),
  deviceScaleFactor: isNumber(requestLimits.deviceScaleFactor, 'any'),
};

const isViewport: Check = (value) => {
  if (!isObject<WireViewport>(value)) return 'must be an object with width and height';
  if (value.width === undefined || value.height === undefined) return 'needs both width and height';
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
  quality: isNumber(requestLimits.quality, 'whole'),
};

/** Reads the body of a capture request. Everything that is wrong with it is told in one message. */
export function parseRequest(bodyText: string): RenderJob | Refusal {
  const body = parseJson(bodyText);
  if (!isObject<CaptureRequestBody>(body)) return refusal('bad_request', 'The body is not a JSON object.');

  const problems = problemsOf(body, checks);
  if ((body.url === undefined) === (body.html === undefined)) problems.unshift('give exactly one of url and html');
  if (body.quality !== undefined && body.format !== 'jpeg') problems.push('quality goes only with format jpeg');
  if (problems.length > 0) return refusal('bad_request', `${problems.join('; ')}.`);

  // Every field was checked above, so the types hold.
  const job = fillIn(body as CaptureRequestBody);
  const tooLarge = pictureSizeProblem(job.viewport, job.viewport.deviceScaleFactor);
  if (tooLarge !== undefined) return refusal('bad_request', `The viewport is too large: ${tooLarge}`);
  return { kind: 'job', ...job, ignored: Object.keys(body).filter((field) => !Object.hasOwn(checks, field)) };
}

function fillIn(body: CaptureRequestBody): Omit<RenderJob, 'kind' | 'ignored'> {
  const { url, html = '', viewport = defaultViewport, selector, quality } = body;
  const { width, height, deviceScaleFactor = defaultViewport.deviceScaleFactor } = viewport;
  return {
    page: url === undefined ? { kind: 'html', html } : { kind: 'url', url },
    viewport: { width, height, deviceScaleFactor },
    fullPage: body.fullPage ?? false,
    waitUntil: body.waitUntil ?? 'load',
    ...(selector === undefined ? {} : { selector }),
    format: body.format ?? 'png',
    ...(quality === undefined ? {} : { quality }),
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

function isObject<T>(value: unknown): value is Unchecked<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
