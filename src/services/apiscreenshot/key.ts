import type { ApiKey } from '../capture-api.ts';

/** What a key must be allowed to do. */
export const captureScope = 'screenshot:write';

export const key: ApiKey = {
  example: 'sk_live_…',
  sentAs: 'Authorization: Bearer …',
  pattern: /sk_(?:live|test)_[A-Za-z0-9_-]+/g,
  needs: `the scope \`${captureScope}\``,
  secret: 'APISCREENSHOT_API_KEY',
};

/** The header that carries a key. */
export function authorize(secret: string): { readonly authorization: string } {
  return { authorization: `Bearer ${secret}` };
}

/** The key in such a header; undefined when there is none. */
export function readAuthorization(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
}
