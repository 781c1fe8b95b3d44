import { errorCode, isServiceErrorCode } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { ImageFormat } from '../plan/capture.ts';
import { cleanText } from './clean-text.ts';
import type { HoldReason } from './outcome.ts';

/** An answer that is not a picture, as far as it was read. */
export interface ErrorAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly location: string | undefined;
  readonly bodyText: string;
}

const MESSAGE_LENGTH = 300;
const SNIPPET_LENGTH = 120;
/** How much of a page is looked at for a snippet; also bounds the work of the patterns below. */
const PAGE_LENGTH = 4096;

/** These mean "wait" by their status alone: a proxy in front of the service answers them without the JSON body. */
const holdByStatus: Readonly<Record<number, HoldReason>> = { 429: 'rate_limited', 503: 'engine_busy' };

/** The picture format that a content type names. */
export function pictureFormat(contentType: string | undefined): ImageFormat | undefined {
  switch (mediaType(contentType)) {
    case 'image/png':
      return 'png';
    case 'image/jpeg':
      return 'jpeg';
    default:
      return undefined;
  }
}

/**
 * What an answer without a picture means. The service's own code counts when it is documented and comes with its
 * status; 429 and 503 count by their status alone, because waiting is right whoever says it. All else is
 * `unexpected_response`, with a short clean piece of what came. The wording of messages decides nothing.
 */
export function classifyErrorAnswer(answer: ErrorAnswer, apiUrl: URL, secrets: readonly string[]): Failure {
  const { status } = answer;
  const body = parseErrorBody(answer.bodyText);
  if (body !== undefined && isServiceErrorCode(body.error) && errorCode(body.error).status === status) {
    const detail = cleanText(body.message ?? '', { maxLength: MESSAGE_LENGTH, secrets });
    return { code: body.error, status, ...(detail === '' ? {} : { detail }) };
  }
  return { code: holdByStatus[status] ?? 'unexpected_response', status, detail: describe(answer, body, apiUrl, secrets) };
}

/** What came, for a person. */
function describe(answer: ErrorAnswer, body: ErrorBody | undefined, apiUrl: URL, secrets: readonly string[]): string {
  const clean = (text: string, maxLength: number): string => cleanText(text, { maxLength, secrets });
  const status = `HTTP ${answer.status}`;
  if (answer.status >= 300 && answer.status < 400) {
    return `${status}, a redirect to ${clean(redirectTarget(answer.location, apiUrl), SNIPPET_LENGTH)}, which is never followed`;
  }
  if (body !== undefined) {
    const message = body.message === undefined ? '' : `: ${clean(body.message, MESSAGE_LENGTH)}`;
    const what = isServiceErrorCode(body.error) ? 'the error of another status' : 'the unknown error';
    return `${status} with ${what}, ${quote(clean(body.error, SNIPPET_LENGTH))}${message}`;
  }
  const kind = clean(mediaType(answer.contentType) ?? 'no content type', SNIPPET_LENGTH);
  const snippet = clean(readableText(answer.bodyText.slice(0, PAGE_LENGTH)), SNIPPET_LENGTH);
  return `${status} with ${kind}${snippet === '' ? ' and no text' : `: ${quote(snippet)}`}`;
}

export function unexpected(status: number, detail: string): Failure {
  return { code: 'unexpected_response', status, detail };
}

const quote = (text: string): string => `“${text}”`;

function mediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}

interface ErrorBody {
  readonly error: string;
  readonly message?: string;
}

function parseErrorBody(text: string): ErrorBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('error' in value) || typeof value.error !== 'string') {
      return undefined;
    }
    const message = 'message' in value && typeof value.message === 'string' ? { message: value.message } : {};
    return { error: value.error, ...message };
  } catch {
    return undefined;
  }
}

/** Where a redirect points, without what may be secret in it: no query, fragment, name or password. */
function redirectTarget(location: string | undefined, apiUrl: URL): string {
  if (location === undefined || !URL.canParse(location, apiUrl.href)) {
    return 'nowhere';
  }
  const { origin, protocol, pathname } = new URL(location, apiUrl);
  return origin === 'null' ? protocol : `${origin}${pathname}`;
}

/** The words of a page: its title, or its text without markup. */
function readableText(page: string): string {
  if (isBinary(page)) {
    return '';
  }
  const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.trim();
  if (title !== undefined && title !== '') {
    return title;
  }
  return page.replace(/<(script|style)\b[^>]*>[^<]*/gi, ' ').replace(/<[^>]*>/g, ' ');
}

/** Whether bytes that were no text were read as text: a tenth of it is what such bytes become. */
function isBinary(text: string): boolean {
  const odd = text.match(/\ufffd|(?!\s)\p{Cc}/gu)?.length ?? 0;
  return odd * 10 > text.length;
}
