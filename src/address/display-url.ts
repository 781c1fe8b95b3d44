import { decodePart } from './decode-part.ts';
import { isSecretName, maskSecretParameters } from './secret-parameters.ts';

/**
 * A URL, or what was written for one, as it may be shown: without user and password, in every spelling that a URL parser
 * takes, and without what opens a protected preview.
 */
export function displayUrl(url: string): string {
  return show(url, 0);
}

/** An address may stand in a parameter of another one, and so on; what lies deeper is not looked into. */
const deepest = 3;

function show(url: string, depth: number): string {
  // What a parser of URLs drops, wherever it stands, would part what is looked for.
  const written = url.replace(/[\t\n\r]/g, '');
  const [, address = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(withoutUser(written)) ?? [];
  const path = address.replace(/;([^;/=]+)=([^;/]+)/g, (whole, name: string) => (isSecretName(name) ? `;${name}=***` : whole));
  return `${path}${maskParameters(query, depth)}${maskParameters(fragment, depth)}`;
}

/** Before an `@` stand user and password, up to what ends them for a parser; in what is no URL, up to the last one. */
function withoutUser(written: string): string {
  const [start = ''] = /^[\s\p{Cc}]*(?:[a-z][a-z0-9+.-]*:[\\/]*|[\\/]{2,})/iu.exec(written) ?? [];
  const rest = written.slice(start.length);
  const absolute = start.includes(':') ? written : `https:${written}`;
  const end = URL.canParse(absolute) ? rest.search(/[\\/?#]/) : -1;
  const at = rest.slice(0, end < 0 ? rest.length : end).lastIndexOf('@');
  return start === '' || at < 0 ? written : `${start}***${rest.slice(at)}`;
}

/** Also the addresses that stand in parameters, such as where a sign-on page leads back to. */
function maskParameters(part: string, depth: number): string {
  const pieces = maskSecretParameters(part).split(/([&;])/);
  return pieces
    .map((piece) => {
      const end = piece.indexOf('=') + 1;
      const address = end === 0 || depth === deepest ? '' : decodePart(piece.slice(end));
      const holdsSecret = /^[a-z][a-z0-9+.-]*:/i.test(address) && show(address, depth + 1) !== address;
      return holdsSecret ? `${piece.slice(0, end)}***` : piece;
    })
    .join('');
}
