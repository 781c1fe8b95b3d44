import { defined } from '../basics/record.ts';
import type { HoldReason } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { ImageFormat } from '../plan/capture.ts';
import { type PageFailureCode, pageFailureCodes } from '../services/apiscreenshot/answer.ts';
import type { ApiError, CaptureApi } from '../services/capture-api.ts';
import { cleanText } from './clean-text.ts';

/** An answer that is not a picture, as far as it was read. */
export interface ErrorAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly location: string | undefined;
  readonly bodyText: string;
}

const messageLength = 300;
const fixLength = 600;
/** What a step looked for and what was there instead: a selector, a place, a title and an address. */
const stepLength = 600;
const snippetLength = 120;
/** How much of a page is looked at for a snippet; also bounds the work of the patterns below. */
const pageLength = 4096;

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

/** What an answer came from: the service that was asked, and where; and what no text may repeat. */
export interface AnswerSource {
  readonly api: Pick<CaptureApi, 'classify'>;
  readonly apiUrl: URL;
  readonly secrets: readonly string[];
  /** It is the built-in engine, whose advice is our own. */
  readonly builtIn: boolean;
}

/**
 * What an answer without a picture means. What the service documents counts; 429 and 503 count by their status alone,
 * because waiting is right whoever says it. All else is `unexpected_response`, with a short clean piece of what came.
 */
export function classifyErrorAnswer(answer: ErrorAnswer, source: AnswerSource): Failure {
  const { status } = answer;
  const error = source.api.classify(answer);
  const clean = (text: string | undefined, maxLength: number): string | undefined =>
    cleanText(text ?? '', { maxLength, secrets: source.secrets }) || undefined;
  if (error?.kind === 'documented') {
    const fix = source.builtIn ? clean(error.fix, fixLength) : undefined;
    return { code: error.code, status, ...defined({ detail: clean(error.message, messageLength), fix }) };
  }
  const ofPage = source.builtIn ? pageFailureOf(error) : undefined;
  if (ofPage !== undefined && error !== undefined) {
    return {
      code: ofPage,
      status,
      ...defined({ detail: clean(error.message, stepLength), fix: clean(error.fix, fixLength) }),
    };
  }
  return { code: holdByStatus[status] ?? 'unexpected_response', status, detail: describe(answer, error, source) };
}

/** The code of what the built-in engine says of a page. */
function pageFailureOf(error: ApiError | undefined): PageFailureCode | undefined {
  return error?.kind === 'undocumented' ? pageFailureCodes.find((code) => code === error.error) : undefined;
}

/** What came, for a person. */
function describe(
  answer: ErrorAnswer,
  error: Extract<ApiError, { kind: 'undocumented' }> | undefined,
  { apiUrl, secrets }: AnswerSource,
): string {
  const clean = (text: string, maxLength: number): string => cleanText(text, { maxLength, secrets });
  const status = `HTTP ${answer.status}`;
  if (answer.status >= 300 && answer.status < 400) {
    return `${status}, a redirect to ${clean(redirectTarget(answer.location, apiUrl), snippetLength)}, which is never followed`;
  }
  if (error !== undefined) {
    const message = error.message === undefined ? '' : `: ${clean(error.message, messageLength)}`;
    const what = error.because === 'other-status' ? 'the error of another status' : 'the unknown error';
    return `${status} with ${what}, ${quote(clean(error.error, snippetLength))}${message}`;
  }
  const kind = clean(mediaType(answer.contentType) ?? 'no content type', snippetLength);
  const snippet = clean(readableText(answer.bodyText.slice(0, pageLength)), snippetLength);
  return `${status} with ${kind}${snippet === '' ? ' and no text' : `: ${quote(snippet)}`}`;
}

/** The picture that the built-in engine sends with an error, still to be decoded; undefined: there is none. */
export function readErrorPicture(answer: ErrorAnswer, { api, builtIn }: AnswerSource): Uint8Array | undefined {
  const error = builtIn ? api.classify(answer) : undefined;
  const base64 = error?.kind === 'undocumented' && pageFailureOf(error) !== undefined ? error.picture : undefined;
  return base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, 'base64'));
}

export function unexpected(status: number, detail: string): Failure {
  return { code: 'unexpected_response', status, detail };
}

const quote = (text: string): string => `“${text}”`;

function mediaType(contentType: string | undefined): string | undefined {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
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
