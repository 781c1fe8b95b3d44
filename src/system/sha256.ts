import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The form of what it returns. */
export const sha256Form = /^[0-9a-f]{64}$/;
