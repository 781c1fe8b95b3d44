import { defined } from '../../basics/record.ts';
import { isServiceErrorCode } from '../../errors/codes.ts';
import { pageFactsHeader, renderPageFacts } from '../../results/page-facts.ts';
import { renderError, renderErrorBody } from '../../services/apiscreenshot/answer.ts';
import type { RenderedPicture } from '../render/renderer.ts';
import type { Refusal } from './refusal.ts';

/** An answer as HTTP has it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** Statuses of the codes beyond the contract. */
const ownStatus = { not_found: 404, method_not_allowed: 405, internal_error: 500, step_failed: 422, page_error: 422 } as const;

export function renderAnswer(answer: RenderedPicture | Refusal): HttpAnswer {
  if (answer.kind === 'picture') {
    const { contentType, bytes, facts } = answer;
    const headers = { 'content-type': contentType, 'cache-control': 'no-store', [pageFactsHeader]: renderPageFacts(facts) };
    return { status: 200, headers, body: bytes };
  }
  const { code, message, retryAfter, fix, picture } = answer;
  const error = isServiceErrorCode(code)
    ? renderError(code, message, fix)
    : { status: ownStatus[code], body: renderErrorBody(code, message, fix, picture) };
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      ...defined({ 'retry-after': retryAfter }),
      ...(code === 'method_not_allowed' ? { allow: 'POST' } : {}),
    },
    body: error.body,
  };
}
