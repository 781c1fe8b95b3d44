import { createHash, timingSafeEqual } from 'node:crypto';
import { captureScope, readAuthorization, key as serviceKey } from '../../services/apiscreenshot/key.ts';
import { type Refusal, refusal } from './refusal.ts';

/** A key that the engine accepts, with what it may do. */
export interface EngineKey {
  readonly key: string;
  readonly scopes: readonly string[];
}

/** Whether the Authorization header opens the capture endpoint; undefined when it does. */
export function checkAccess(header: string | undefined, keys: readonly EngineKey[]): Refusal | undefined {
  const sent = readAuthorization(header);
  if (sent === undefined) {
    return refusal('invalid_api_key', `Send the key as "${serviceKey.sentAs.replace('…', serviceKey.example)}".`);
  }
  const known = keys.find(({ key }) => sameText(key, sent));
  if (known === undefined) {
    return refusal('invalid_api_key', 'The key is not known.');
  }
  if (known.scopes.includes(captureScope)) {
    return undefined;
  }
  return refusal('insufficient_scope', `The key lacks the scope ${captureScope}.`);
}

/** Compares without telling by its duration how much of the text is right. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
