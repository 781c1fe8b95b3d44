import { defined } from '../basics/record.ts';
import { type ErrorCodeName, errorCode } from './codes.ts';
import type { FixContext } from './fix-context.ts';

/** Why a capture has no verdict, before it is put into words. */
export interface Failure {
  readonly code: ErrorCodeName;
  /** HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** What exactly happened, in our own words or the service's; plain text, possibly hostile. */
  readonly detail?: string;
}

/** A failure in words, as results.json carries it. */
export interface ExplainedFailure {
  readonly code: ErrorCodeName;
  readonly status?: number;
  /** What happened and why. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Puts a failure into words for the capture at hand. */
export function explainFailure(failure: Failure, about: FixContext): ExplainedFailure {
  const { title, meaning, fix } = errorCode(failure.code);
  const detail = failure.detail === undefined || failure.detail === '' ? '' : ` (${failure.detail})`;
  // No service has answered where the pictures are files: what is wrong with the file says it all.
  const message =
    about.run.engine === 'files' && failure.detail !== undefined ? `${failure.detail}.` : `${title}${detail}. ${meaning}`;
  return {
    code: failure.code,
    ...defined({ status: failure.status }),
    message,
    fix: fix({ ...about, ...defined({ detail: failure.detail }) }),
  };
}
