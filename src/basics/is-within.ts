import nodePath, { type PlatformPath } from 'node:path';

/**
 * Whether a path is the folder or lies in it, by their names alone: both absolute, or both relative to the same folder. On
 * Windows case does not matter, and another drive is never within.
 */
export function isWithin(path: string, folder: string, { isAbsolute, relative, sep }: PlatformPath = nodePath): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
