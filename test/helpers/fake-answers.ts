import { defined } from '../../src/basics/record.ts';
import type { ServiceErrorCode } from '../../src/errors/codes.ts';
import { errors } from '../../src/services/apiscreenshot/errors.ts';
import { solidPng } from './solid-png.ts';

/** What the fake service does with one request. `delayMs` passes before its first byte. */
export type FakeAnswer = { readonly delayMs?: number } & (
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array | string;
    }
  /** The connection is reset (TCP RST) before anything, after the headers of a picture, or in the middle of its bytes. */
  | { readonly kind: 'reset'; readonly when: 'before-headers' | 'after-headers' | 'mid-body' }
  /** The connection stays open and silent until the client gives up or the service is closed. */
  | { readonly kind: 'silence' }
  /** The headers of a picture and half of its bytes, then silence. */
  | { readonly kind: 'stall' }
);

type Response = Extract<FakeAnswer, { kind: 'response' }>;

const json = { 'content-type': 'application/json' };

/** Ready-made answers. Each may be changed by spreading: `{ ...answers.picture(), delayMs: 50 }`. */
export const answers = {
  /** A picture; without bytes a small grey PNG. */
  picture: (bytes: Uint8Array = solidPng(4, 3, [128, 128, 128]), contentType = 'image/png'): Response => ({
    kind: 'response',
    status: 200,
    headers: { 'content-type': contentType },
    body: bytes,
  }),

  /** An error of the service's table, with its own status. Retry-After as seconds, as a date, or verbatim. */
  error: (code: ServiceErrorCode, options: { message?: string; retryAfter?: number | Date | string } = {}): Response => ({
    kind: 'response',
    status: errors[code].status,
    headers: {
      ...json,
      ...(options.retryAfter === undefined ? {} : { 'retry-after': retryAfterValue(options.retryAfter) }),
    },
    body: JSON.stringify({ error: code, ...defined({ message: options.message }) }),
  }),

  /** What a proxy in front of the service answers when the service is away. */
  htmlPage: (status = 502): Response => ({
    kind: 'response',
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
  }),

  redirect: (location: string, status = 307): Response => ({ kind: 'response', status, headers: { location }, body: '' }),

  /** 200 with bytes that are no picture. */
  garbage: (contentType = 'image/png'): Response => ({
    kind: 'response',
    status: 200,
    headers: { 'content-type': contentType },
    body: 'this is not a picture',
  }),

  /** 200 with the first half of a PNG, as a complete answer. */
  truncatedPicture: (bytes: Uint8Array = solidPng(64, 64, [10, 120, 200])): Response =>
    answers.picture(bytes.subarray(0, bytes.length >> 1)),

  reset: (when: Extract<FakeAnswer, { kind: 'reset' }>['when'] = 'before-headers'): FakeAnswer => ({ kind: 'reset', when }),
  silence: (): FakeAnswer => ({ kind: 'silence' }),
  stall: (): FakeAnswer => ({ kind: 'stall' }),
} as const;

/** The Retry-After header in either of its forms. */
export function retryAfterValue(value: number | Date | string): string {
  return value instanceof Date ? value.toUTCString() : String(value);
}
