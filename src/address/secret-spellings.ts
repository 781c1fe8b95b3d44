import { decodePart } from './decode-part.ts';

/** A shorter one would make a text unreadable wherever its letters stand in a word. */
const minLength = 4;
/** Values of switches such as `x-vercel-set-bypass-cookie`, which open nothing. */
const switches = new Set(['true', 'false', 'samesitenone']);

/**
 * Every spelling in which secrets may come back, as they were given: a key, a header's value such as `Bearer …`, lines of
 * `Name: value`. What is too short to be told from ordinary text, and values of switches, are left out. The longest first,
 * since one may be a part of another.
 */
export function spellSecrets(secrets: readonly string[]): string[] {
  const parts = new Set(secrets.flatMap(partsOf));
  const spelled = new Set(
    [...parts].filter((part) => part.length >= minLength && !switches.has(part.toLowerCase())).flatMap(encode),
  );
  return [...spelled].filter((spelling) => spelling.length >= minLength).sort((a, b) => b.length - a.length);
}

/** The secret itself and what of it opens something alone. */
function partsOf(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  // `Name: value`.
  const values = lines.map((line) => line.replace(/^[\w-]+:\s*/, ''));
  return [secret.trim(), ...lines, ...values, ...values.flatMap(credentialsOf)].filter((part) => part !== '');
}

/** Of `Bearer …` and the like what follows the first word; of `Basic …` also what it says in base64. */
function credentialsOf(value: string): string[] {
  const [, scheme = '', credentials] = /^([A-Za-z][\w-]*)\s+(\S.*)$/.exec(value) ?? [];
  if (credentials === undefined) {
    return [];
  }
  const pair = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : '';
  const colon = pair.indexOf(':');
  return [credentials, ...(colon < 0 ? [] : [pair, ...secretOfPair(pair.slice(0, colon), pair.slice(colon + 1))])];
}

/** Beside a password the user is an ordinary word; alone it is most likely a token. */
export function secretOfPair(user: string, password: string): string[] {
  const secret = password === '' ? user : password;
  return secret === '' ? [] : [secret];
}

/** As it stands in addresses, JSON, markup, and in base64 of whatever it is a part of, such as `user:password`. */
function encode(secret: string): string[] {
  const percent = percentEncode(secret);
  const base64 = [0, 1, 2].map((offset) => encodeBase64(secret, offset));
  return [
    secret,
    decodePart(secret),
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    percent.replaceAll('%20', '+'),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

function percentEncode(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}

/** The base64 that the secret has behind so many bytes (modulo 3), without the characters that what stands around it decides. */
function encodeBase64(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const all = bytes.toString('base64').replace(/=+$/, '');
  const first = Math.ceil((offset * 8) / 6);
  return all.slice(first, bytes.length % 3 === 0 ? all.length : -1);
}
