import { decodePart } from './decode-part.ts';

/** What in a name says that its value opens something, wherever it stands, as in `x-vercel-protection-bypass`. */
const secretParts =
  /bypass|token|secret|passw|signature|credential|api[-_]?key|access[-_]?key|auth[-_]?key|sess(?:ion)?[-_]?id|authori[sz]ation/i;

/** Words that say so as a part of a name: `sig`, `x-auth`, `accessKey`. As letters they stand in ordinary words: `author`, `monkey`. */
const secretWords = new Set([
  ...['sig', 'auth', 'oauth', 'key', 'jwt', 'sas', 'hmac', 'session', 'sid', 'pwd', 'pass', 'passcode', 'passphrase', 'otp'],
  ...['bearer', 'ticket'],
]);

/** Names that say so as a whole. Beside another word they mean something else: `country_code`, `share_to`. */
const secretNames = new Set(['code', '_vercel_share', 'hdnea', 'hdnts', 'hdntl', 'hmackey']);
const secretCodes = /(?:auth|access|invite|login|otp|pin|security|share|sms|verif\w{0,10})[-_ ]?code/i;

/** Whether a parameter of this name, as it is written in an address, opens something. */
export function isSecretName(written: string): boolean {
  const name = decodePart(written.replaceAll('+', ' '));
  const words = name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').split(/[^\p{L}\p{N}]+/u);
  return (
    secretParts.test(name) ||
    secretCodes.test(name) ||
    secretNames.has(name.toLowerCase()) ||
    words.some((word) => secretWords.has(word.toLowerCase()))
  );
}

/** A query or fragment as it may be shown: `?token=***`. All else stays as it was written. */
export function maskSecretParameters(part: string): string {
  return replaceSecretParameters(part, ({ before, name }) => `${before}${name}=***`);
}

/** A query or fragment, without its mark, without the parameters that open something. All else stays as it was written. */
export function dropSecretParameters(part: string): string {
  return replaceSecretParameters(part, ({ before }) => before.replace(/;$/, ''));
}

/** What opens something in a query or fragment, as it was written. */
export function readSecretParameters(part: string): string[] {
  return part.split('&').flatMap((piece) => {
    const value = readSecretParameter(piece)?.value;
    // Where `;` parts parameters too, the value ends there.
    return value === undefined ? [] : [...new Set([value, value.split(';')[0] ?? ''])].filter((one) => one !== '');
  });
}

function replaceSecretParameters(part: string, replace: (secret: SecretParameter) => string): string {
  return part
    .split('&')
    .flatMap((piece) => {
      const secret = readSecretParameter(piece);
      const replaced = secret === undefined ? piece : replace(secret);
      return secret !== undefined && replaced === '' ? [] : [replaced];
    })
    .join('&');
}

interface SecretParameter {
  /** What stands before the name: other parameters that end with `;`, and in a fragment a path, as in `#/orders?token=…`. */
  readonly before: string;
  readonly name: string;
  /** Up to the next `&`: whether `;` parts parameters or belongs to the value, only the server knows. */
  readonly value: string;
}

function readSecretParameter(piece: string): SecretParameter | undefined {
  let start = 0;
  for (const parameter of piece.split(';')) {
    const nameEnd = parameter.indexOf('=');
    const nameStart = Math.max(parameter.lastIndexOf('?', nameEnd), parameter.lastIndexOf('#', nameEnd)) + 1;
    const name = parameter.slice(nameStart, Math.max(nameEnd, 0));
    if (nameEnd >= 0 && isSecretName(name)) {
      const value = piece.slice(start + nameEnd + 1);
      return value === '' ? undefined : { before: piece.slice(0, start + nameStart), name, value };
    }
    start += parameter.length + 1;
  }
  return undefined;
}
