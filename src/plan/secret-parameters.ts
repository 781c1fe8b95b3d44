import { decodePart } from './decode-part.ts';

/** Names of parameters whose values open something, such as `x-vercel-protection-bypass`. */
const secretName = /bypass|token|secret|passw|signature|api[-_]?key/i;

/** One parameter with a value. A fragment may hold a path before its first one: `#/orders?token=…`. */
const parameter = /^([^=]*\?)?([^=]*)=(.+)$/s;

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
  /** What stands before the name. */
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

function readSecretParameter(piece: string): SecretParameter | undefined {
  const [, path = '', name = '', value = ''] = parameter.exec(piece) ?? [];
  return secretName.test(decodePart(name)) ? { path, name, value } : undefined;
}
