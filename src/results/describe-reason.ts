import type { FailedResource } from './page-facts.ts';

/** Why it failed, in words: `HTTP 404`, or Chrome's name. */
export function describeReason({ reason }: FailedResource): string {
  return /^\d+$/.test(reason) ? `HTTP ${reason}` : reason;
}
