import { createHash } from 'node:crypto';

/** Longest name, so that `visual-baselines/<name>/<viewport>.png` stays within Windows' 260 characters in a usual checkout. */
const maxNameLength = 120;

/** Names that Windows reserves for devices, with any extension. */
const deviceNames = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

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
  return segment.toLowerCase().endsWith('.png') ? 'a part of it ends with .png, as the pictures do' : undefined;
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

/** The nearest safe name: what stands in the way becomes `-`, what is too long is cut and ended with a hash. */
export function toSafeName(wanted: string): string {
  const safe = wanted
    .normalize('NFC')
    .split('/')
    .map((segment) => segment.replace(/[^\p{L}\p{N}\p{M}._ -]+/gu, '-').replace(/^[\s-]+|[\s.-]+$/gu, ''))
    .filter((segment) => segment !== '')
    .map((segment) => (unsafeSegmentReason(segment) === undefined ? segment : `${segment}-page`))
    .join('/');
  if (safe.length <= maxNameLength) {
    return safe === '' ? 'index' : safe;
  }
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  return `${safe.slice(0, maxNameLength - 9).replace(/[\s./-]+$/u, '')}-${hash}`;
}

/** The name of a target that has none: its path, `index` for the root; query and fragment are kept so that pages stay apart. */
export function nameFromUrl(url: URL): string {
  return toSafeName(
    `${decode(url.pathname)}${url.search === '' ? '' : `-${decode(url.search.slice(1))}`}${url.hash === '' ? '' : `-${decode(url.hash.slice(1))}`}`,
  );
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
