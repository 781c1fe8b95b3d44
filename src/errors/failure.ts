import type { Size } from '../basics/geometry.ts';
import type { ErrorCodeName } from './codes.ts';

/** Why a capture has no verdict, before it is put into words (`explainFailure`, src/services). */
export interface Failure {
  readonly code: ErrorCodeName;
  /** HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** What exactly happened, in our own words or the service's; plain text, possibly hostile. */
  readonly detail?: string;
  /** What to do, where who failed knows better than the code tells: the built-in engine about a page. Plain text. */
  readonly fix?: string;
  /** The detail says in whole sentences what is wrong with the page; what the code means besides would blur it. */
  readonly isWhole?: true;
  /** What the page showed, where a step of it failed. */
  readonly picture?: FailurePicture;
}

/** A picture that was decoded once, by who took it in. */
export interface FailurePicture {
  readonly bytes: Uint8Array;
  readonly format: 'png' | 'jpeg';
  /** In device pixels. */
  readonly size: Size;
}

/** The failure with one thing more to say about it. */
export function withDetail(failure: Failure, detail: string): Failure {
  return { ...failure, detail: [failure.detail ?? [], detail].flat().join('; ') };
}
