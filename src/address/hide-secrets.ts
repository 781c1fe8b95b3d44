import { decodePart } from './decode-part.ts';
import type { PageHeaders } from './page-headers.ts';
import { readSecretParameters } from './secret-parameters.ts';
import { displayUrl } from './target-url.ts';

/** A shorter one would make a text unreadable wherever its letters stand in a word. */
const minLength = 4;
/** Values of switches such as `x-vercel-set-bypass-cookie`, which open nothing. */
const switches = new Set(['true', 'false', 'samesitenone']);

/** Everything that opens the pages of a run: passwords and secret parameters in their addresses, and headers. */
export function listSecrets(urls: readonly string[], headers: Pick<PageHeaders, 'values'>): string[] {
  const written = [...new Set(urls)].flatMap((url) => secretsOfUrl(new URL(url)));
  // `Bearer …` may come back without its first word.
  const inHeaders = Object.values(headers.values).flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
  return [...new Set([...written, ...inHeaders])].filter(
    (secret) => secret.length >= minLength && !switches.has(secret.toLowerCase()),
  );
}

function secretsOfUrl({ username, password, search, hash }: URL): string[] {
  // Beside a password the user is an ordinary word; alone it is most likely a token.
  const key = password === '' ? username : password;
  return [key, ...readSecretParameters(search), ...readSecretParameters(hash)].flatMap((written) => [
    written,
    decodePart(written),
  ]);
}

/** Text from outside without the secrets that it repeats: each URL in it as it may be shown, every secret as `***`. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  const shown = text.replace(/https?:\/\/[^\s"<>“”]+/gi, displayUrl);
  // The longest first: one may be a part of another.
  const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).filter((secret) => secret !== '');
  return spellings.sort((a, b) => b.length - a.length).reduce((hidden, secret) => hidden.replaceAll(secret, '***'), shown);
}
