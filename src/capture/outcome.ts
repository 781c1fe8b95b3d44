import type { Size } from '../basics/geometry.ts';
import type { Failure } from '../errors/failure.ts';
import type { ImageFormat } from '../plan/capture.ts';
import type { TimelineEntry } from '../results/model.ts';
import type { PageFacts } from '../results/page-facts.ts';
import type { RetryAfter } from './retry-after.ts';

/** What exactly one request came to. The client never throws for anything the network or the service does. */
export type AttemptResult =
  | { readonly kind: 'image'; readonly image: CapturedImage }
  | {
      readonly kind: 'failure';
      readonly failure: Failure;
      /** How long the service asks to be left alone, from the Retry-After header in either form. */
      readonly retryAfter?: RetryAfter;
      /** The request never reached the service, so it cannot have been billed whatever the error table says. */
      readonly neverSent?: true;
    }
  /** The signal that was passed in ended the request. */
  | { readonly kind: 'aborted' };

/** A picture that was checked: right type and signature, within the size limits, decodable. */
export interface CapturedImage {
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** In device pixels. */
  readonly size: Size;
  /** What the browser learned about the page meanwhile, in clean text; the built-in engine alone tells it. */
  readonly page?: PageFacts;
  /** How long the request took that brought it; absent: it was there already. */
  readonly requestMs?: number;
}

/** How a capture ended, after all of its requests. */
export type CaptureOutcome = {
  /** Requests sent. */
  readonly attempts: number;
  /** From its first request to its end, waits included. */
  readonly durationMs: number;
  readonly timeline: readonly TimelineEntry[];
} & (
  | { readonly status: 'captured'; readonly image: CapturedImage }
  /** It was tried or could not be; `failure` is its own, or what stopped the run before it came to its picture. */
  | { readonly status: 'failed'; readonly failure: Failure }
  /** The run stopped before anything was sent for it. */
  | { readonly status: 'skipped'; readonly failure: Failure }
);
