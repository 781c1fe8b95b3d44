import type { ErrorAnswerBody } from '../../capture/contract.ts';
import { errorCodes, isServiceErrorCode } from '../../errors/codes.ts';
import type { RenderedPicture } from '../render/renderer.ts';
import type { Refusal } from './refusal.ts';

/** An answer as HTTP has it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Statuses of the codes beyond the contract. */
const ownStatus = { not_found: 404, method_not_allowed: 405, internal_error: 500 } as const;

export function renderAnswer(answer: RenderedPicture | Refusal): HttpAnswer {
  if (answer.kind === 'picture') {
    return { status: 200, headers: { 'content-type': answer.contentType, 'cache-control': 'no-store' }, body: answer.bytes };
  }
  const { code, message, retryAfter } = answer;
  const body: ErrorAnswerBody = { error: code, message };
  return {
    status: isServiceErrorCode(code) ? errorCodes[code].status : ownStatus[code],
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
      ...(code === 'method_not_allowed' ? { allow: 'POST' } : {}),
    },
    body: JSON.stringify(body),
  };
}
