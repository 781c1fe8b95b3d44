import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is the folder or lies in it, by their names alone: both absolute, or both relative to the same folder. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
