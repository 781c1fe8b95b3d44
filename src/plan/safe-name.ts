import { decodePart } from '../address/decode-part.ts';
import { dropSecretParameters } from '../address/secret-parameters.ts';
import { sha256 } from '../system/sha256.ts';

/** Longest name, so that `visual-baselines/<name>/<viewport>.png` stays within Windows' 260 characters in a usual checkout. */
const maxNameLength = 120;

/** Longest name of a file or folder on Linux and macOS, which count bytes of UTF-8 where Windows counts characters. */
const maxSegmentBytes = 255;

/** Names that Windows reserves for devices, with any extension. */
const deviceNames = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/** What ends a name that was cut: `-` and so many digits of its hash. */
const hashLength = 8;

/**
 * Why a word cannot be one segment of a path on Linux, macOS and Windows and in an artifact, or undefined if it can.
 * The forbidden characters are Windows' (the artifact service forbids a subset of them), control characters and
 * those that turn the writing direction.
 */
export function unsafeSegmentReason(segment: string): string | undefined {
  if (segment === '' || segment === '.' || segment === '..') {
    return 'it has an empty part, "." or ".."';
  }
  const forbidden = /["*:<>?|\\\p{Cc}\p{Bidi_Control}]/u.exec(segment);
  if (forbidden !== null) {
    return `it holds the character ${JSON.stringify(forbidden[0])}`;
  }
  if (/^\s|[\s.]$/u.test(segment)) {
    return 'a part of it begins with a space, or ends with a space or a dot';
  }
  if (deviceNames.test(segment)) {
    return `"${segment}" is reserved on Windows`;
  }
  if (segment.toLowerCase().endsWith('.png')) {
    return 'a part of it ends with .png, as the pictures do';
  }
  return Buffer.byteLength(segment) > maxSegmentBytes ? `a part of it takes more than ${maxSegmentBytes} bytes` : undefined;
}

/** Why a name (segments separated by `/`) cannot be a path everywhere, or undefined if it can. */
export function unsafeNameReason(name: string): string | undefined {
  if (name.length > maxNameLength) {
    return `it is longer than ${maxNameLength} characters`;
  }
  return name
    .split('/')
    .map(unsafeSegmentReason)
    .find((reason) => reason !== undefined);
}

/** What names have in common that are one file on macOS or Windows, though they are spelled differently. */
export function sameFileKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

/** The nearest safe name: what stands in the way becomes `-`, what is too long is cut and ended with a hash. */
export function toSafeName(wanted: string): string {
  const safe = wanted
    .normalize('NFC')
    .split('/')
    .map((segment) => segment.replace(/[^\p{L}\p{N}\p{M}._ -]+/gu, '-').replace(/^[\s-]+|[\s.-]+$/gu, ''))
    .filter((segment) => segment !== '')
    // The device's name counts up to the first dot, so that is where it has to end differently.
    .map((segment) => segment.replace(deviceNames, '$1-page$2'))
    .map((segment) => (segment.toLowerCase().endsWith('.png') ? `${segment}-page` : segment))
    .join('/');
  if (safe === '') {
    return 'index';
  }
  const fitting = fittingPart(safe);
  if (fitting === safe) {
    return safe;
  }
  const hash = sha256(wanted).slice(0, hashLength);
  return `${fitting.replace(/[\s./-]+$/u, '')}-${hash}`;
}

/** The name itself where its length is safe, else its beginning, with room for a hash. Cut between characters. */
function fittingPart(name: string): string {
  if (name.length <= maxNameLength && name.split('/').every((segment) => Buffer.byteLength(segment) <= maxSegmentBytes)) {
    return name;
  }
  const room = hashLength + 1;
  let fitting = '';
  for (const character of name) {
    const longer = `${fitting}${character}`;
    const segment = longer.slice(longer.lastIndexOf('/') + 1);
    if (longer.length > maxNameLength - room || Buffer.byteLength(segment) > maxSegmentBytes - room) {
      break;
    }
    fitting = longer;
  }
  return fitting;
}

/**
 * The name of a target that has none: its path, `index` for the root; query and fragment are kept so that pages stay
 * apart, but for what opens a protected preview: names are public, and a new token makes no new page.
 */
export function nameFromUrl({ pathname, search, hash }: URL): string {
  const rest = [search, hash].map((part) => dropSecretParameters(part.slice(1))).filter((part) => part !== '');
  return toSafeName([pathname, ...rest].map(decodePart).join('-'));
}
