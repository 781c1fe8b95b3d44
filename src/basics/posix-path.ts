import { sep } from 'node:path';

/**
 * A path as reports, keys, annotations and git write it, with `/` on every system. On Linux and macOS a backslash is a character
 * of a name and stays.
 */
export function posixPath(path: string, separator: string = sep): string {
  return path.replaceAll(separator, '/');
}
