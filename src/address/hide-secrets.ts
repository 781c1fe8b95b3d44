import { decodePart } from './decode-part.ts';
import { displayUrl } from './display-url.ts';
import type { PageHeaders } from './page-headers.ts';
import { readSecretParameters } from './secret-parameters.ts';
import { secretOfPair, spellSecrets } from './secret-spellings.ts';

/** Everything that opens the pages of a run: passwords and secret parameters in their addresses, and headers. */
export function listSecrets(urls: readonly string[], headers: Pick<PageHeaders, 'values'>): string[] {
  const written = [...new Set(urls)].flatMap((url) => secretsOfUrl(new URL(url)));
  return [...new Set([...written, ...Object.values(headers.values)])];
}

/** The same of whatever addresses stand in a text, such as an input of several lines. */
export function findSecrets(text: string): string[] {
  const urls = [...text.matchAll(addresses)].map(([url]) => url).filter((url) => URL.canParse(url));
  return urls.flatMap((url) => secretsOfUrl(new URL(url)));
}

function secretsOfUrl({ username, password, search, hash }: URL): string[] {
  const written = [...secretOfPair(username, password), ...readSecretParameters(search), ...readSecretParameters(hash)];
  return written.flatMap((one) => [one, decodePart(one)]);
}

/** Up to a blank or what quotes it; of schemes but http(s) those with slashes, since a word and a colon are no address. */
const addresses = /(?<![a-z0-9+.-])(?:https?:|[a-z][a-z0-9+.-]*:[\\/]{2})[^\s"<>“”]+/gi;

/** Of lists that were asked for before: a run has one, and many texts. */
const known = new WeakMap<readonly string[], readonly string[]>();

function spellingsOf(secrets: readonly string[]): readonly string[] {
  const spellings = known.get(secrets) ?? spellSecrets(secrets);
  known.set(secrets, spellings);
  return spellings;
}

/** Text from outside without the secrets that it repeats: each URL in it as it may be shown, every spelling of a secret as `***`. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return spellingsOf(secrets).reduce(
    (hidden, spelling) => hidden.replaceAll(spelling, '***'),
    text.replace(addresses, displayUrl),
  );
}
