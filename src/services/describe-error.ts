import { defined } from '../basics/record.ts';
import { type ErrorCodeName, type ErrorWords, isServiceErrorCode, ownErrorWords } from '../errors/codes.ts';
import type { Failure } from '../errors/failure.ts';
import type { FixContext } from '../errors/fix-context.ts';
import type { ApiErrorWords } from './capture-api.ts';
import { captureApiOf, defaultApi, type EngineName } from './registry.ts';

/** A failure in words, as results.json carries it. */
export interface ExplainedFailure {
  readonly code: ErrorCodeName;
  readonly status?: number;
  /** What happened and why. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A code in words: those of the service behind the engine, or our own. `status` is the service's. */
export function describeError(code: ErrorCodeName, engine: EngineName | 'files'): ErrorWords & Partial<ApiErrorWords> {
  const { errors, billing } = captureApiOf(engine);
  if (!isServiceErrorCode(code)) {
    return ownErrorWords(code, `${billing.unit}s`);
  }
  return errors[code] ?? defaultApi.errors[code];
}

/** Puts a failure into words for the capture at hand. */
export function explainFailure(failure: Failure, about: FixContext, engine: EngineName | 'files'): ExplainedFailure {
  const { fix } = describeError(failure.code, engine);
  return {
    code: failure.code,
    ...defined({ status: failure.status }),
    message: explainMessage(failure, about, engine),
    fix: failure.fix ?? fix({ ...about, ...defined({ detail: failure.detail }) }),
  };
}

function explainMessage({ code, detail = '', fix, isWhole }: Failure, { run }: FixContext, engine: EngineName | 'files'): string {
  const { title, meaning } = describeError(code, engine);
  if (detail === '') {
    return `${title}. ${meaning}`;
  }
  // No service has answered where the pictures are files: what is wrong with the file says it all.
  if (run.engine === 'files') {
    return `${detail}.`;
  }
  // The built-in engine says in whole sentences what is wrong; what the code means for the hosted service would blur it.
  const hasOwnWords = isServiceErrorCode(code) || code === 'step_failed';
  const saysItAll = code === 'bad_request' ? run.engine === 'local' : hasOwnWords && fix !== undefined;
  return saysItAll || isWhole === true ? detail : `${title} (${detail}). ${meaning}`;
}
