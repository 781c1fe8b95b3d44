import { stripVTControlCharacters } from 'node:util';
import { hideSecrets } from '../address/hide-secrets.ts';
import { keyPatterns } from '../services/registry.ts';

/** Control and format characters: escape codes, line breaks, bidirectional overrides, zero-width marks. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/**
 * Text from outside as one short printable line: no terminal sequences, control or format characters, secrets and anything like a key
 * of a service replaced by `***`, at most `maxLength` characters. It stays plain text; whoever renders it escapes it.
 */
export function cleanText(text: string, { maxLength, secrets = [] }: { maxLength: number; secrets?: readonly string[] }): string {
  const printable = stripVTControlCharacters(text).replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
  const scrubbed = keyPatterns.reduce((text, like) => text.replace(like, '***'), hideSecrets(printable, secrets));
  const characters = [...scrubbed];
  return characters.length <= maxLength
    ? scrubbed
    : `${characters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`;
}
