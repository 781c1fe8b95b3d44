import { stripVTControlCharacters } from 'node:util';
import { hideSecrets } from '../address/hide-secrets.ts';

/** Anything that looks like a key of the service, should a proxy or an error page echo one. */
const KEY_LIKE = /sk_(?:live|test)_[A-Za-z0-9_-]+/g;
/** Control and format characters: escape codes, line breaks, bidirectional overrides, zero-width marks. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside as one short printable line: no terminal sequences, control or format characters, secrets and anything like a key
 * replaced by `***`, at most `maxLength` characters. It stays plain text; whoever renders it escapes it.
 */
export function cleanText(text: string, { maxLength, secrets = [] }: { maxLength: number; secrets?: readonly string[] }): string {
  const printable = stripVTControlCharacters(text).replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  const scrubbed = hideSecrets(printable, secrets).replace(KEY_LIKE, '***');
  const characters = [...scrubbed];
  return characters.length <= maxLength
    ? scrubbed
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`;
}
