import { decodePart } from './decode-part.ts';

/** Names of parameters whose values open something, such as `x-vercel-protection-bypass`. */
const secretName = /bypass|token|secret|passw|signature|api[-_]?key/i;

/** A query or fragment as it may be shown: `?token=***`. All else stays as it was written. */
export function maskSecretParameters(part: string): string {
  return replaceSecretParameters(part, (name) => `${name}=***`);
}

/** A query or fragment, without its mark, without the parameters that open something. All else stays as it was written. */
export function dropSecretParameters(part: string): string {
  return replaceSecretParameters(part, () => '');
}

/** What opens something in a query or fragment, as it was written. */
export function readSecretParameters(part: string): string[] {
  return part.split('&').flatMap((piece) => readSecretParameter(piece)?.value ?? []);
}

function replaceSecretParameters(part: string, replace: (name: string) => string): string {
  return part
    .split('&')
    .flatMap((piece) => {
      const secret = readSecretParameter(piece);
      const replaced = secret === undefined ? piece : `${secret.path}${replace(secret.name)}`;
      return secret !== undefined && replaced === '' ? [] : [replaced];
    })
    .join('&');
}

interface SecretParameter {
  /** What stands before the name: in a fragment it may be a path, as in `#/orders?token=…`. */
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

function readSecretParameter(piece: string): SecretParameter | undefined {
  const nameEnd = piece.indexOf('=');
  if (nameEnd < 0) {
    return undefined;
  }
  const nameStart = piece.lastIndexOf('?', nameEnd) + 1;
  const name = piece.slice(nameStart, nameEnd);
  const value = piece.slice(nameEnd + 1);
  const opens = value !== '' && secretName.test(decodePart(name));
  return opens ? { path: piece.slice(0, nameStart), name, value } : undefined;
}
