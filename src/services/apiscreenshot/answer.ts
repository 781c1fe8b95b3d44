import { defined, isRecord } from '../../basics/record.ts';
import type { ServiceErrorCode } from '../../errors/codes.ts';
import type { ApiError } from '../capture-api.ts';
import { codeOf, errors } from './errors.ts';

/** Body of every answer that is not a picture. `message` is for people; its wording may change, so it decides nothing. */
interface ErrorAnswerBody {
  readonly error: string;
  readonly message?: string;
  /** What to do about it: an addition of the built-in engine, believed from it alone. */
  readonly fix?: string;
  /** A PNG in base64 of what the page showed when it failed: the same. */
  readonly picture?: string;
}

/**
 * What the built-in engine answers, as our own codes have it, for a page in which a step could not be done, and for a story
 * that Storybook could not render; the service knows neither.
 */
export const pageFailureCodes = ['step_failed', 'page_error'] as const;
export type PageFailureCode = (typeof pageFailureCodes)[number];

/** The largest picture that goes with an error, in bytes: a phone's screen at a scale of 3 takes a few megabytes. */
export const errorPictureBytes = 12 * 1024 * 1024;

/** An error counts when it is documented and comes with its own status. */
export function classify({ status, bodyText }: { readonly status: number; readonly bodyText: string }): ApiError | undefined {
  const body = parseErrorBody(bodyText);
  if (body === undefined) {
    return undefined;
  }
  const { error, message, fix, picture } = body;
  const code = codeOf(error);
  return code !== undefined && errors[code].status === status
    ? { kind: 'documented', code, message, fix }
    : { kind: 'undocumented', error, message, fix, picture, because: code === undefined ? 'unknown' : 'other-status' };
}

function parseErrorBody(text: string): ErrorAnswerBody | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value['error'] !== 'string') {
      return undefined;
    }
    const { error, message, fix, picture } = value;
    return { error, ...defined({ message: textOf(message), fix: textOf(fix), picture: textOf(picture) }) };
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An error in the form of the service, for who answers in its place. */
export function renderError(
  code: ServiceErrorCode,
  message: string,
  fix?: string,
): { readonly status: number; readonly body: string } {
  const { wire, status } = errors[code];
  return { status, body: renderErrorBody(wire, message, fix) };
}

/** The same for an error that the service does not document. */
export function renderErrorBody(error: string, message: string, fix?: string, picture?: string): string {
  return JSON.stringify({ error, message, ...defined({ fix, picture }) } satisfies ErrorAnswerBody);
}
