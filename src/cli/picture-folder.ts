import { open } from 'node:fs/promises';
import { type FileFormat, formatOf, formatOfName, formatStartBytes, png } from '../compare/formats.ts';
import { checkFileSize } from '../compare/limits.ts';
import { renderPictureKey } from '../plan/capture-id.ts';
import { openFolder } from '../system/folder.ts';
import type { Folder } from '../system/ports.ts';
import { type Entry, walkFolder } from './walk-folder.ts';

/** What lies in a folder of pictures and is not compared. */
export interface PassedOver {
  /** As a person names it. */
  readonly path: string;
  /** What stands for it in the report: the id of a picture, or its path. */
  readonly id: string;
  /** Completes "PATH …". */
  readonly reason: string;
  readonly fix: string;
}

/** A folder of PNGs. Reading `<id>.png` reads the picture of that id, however its name is spelled. */
export interface PictureFolder extends Folder {
  /** Of what can be compared, sorted. */
  readonly ids: readonly string[];
  readonly passedOver: readonly PassedOver[];
  /** Where a person finds the picture of an id. */
  nameOf(id: string, number?: number): string;
}

const onlyPngs = 'and only PNGs are compared';
const replaceIt = 'Replace it with a PNG or a link to one inside of the folder, or keep it elsewhere.';

/**
 * What is one picture in two folders: names without their ending pair whatever the case of their letters, and however their
 * accents are encoded, as they do on macOS and Windows.
 */
export function pairingKey(id: string): string {
  return id.normalize('NFC').toLowerCase();
}

/**
 * Looks through a folder of pictures.
 * @throws UserError when it cannot be read.
 */
export async function openPictureFolder(root: string, shownPath: string): Promise<PictureFolder> {
  const folder = openFolder(root, shownPath);
  const entries = await walkFolder(root, shownPath);
  const named = new Map<string, string[]>();
  const passedOver: PassedOver[] = [];
  for (const entry of entries) {
    const format = formatOfName(entry.path);
    if (entry.kind === 'file' && format === png) {
      const key = pairingKey(withoutEnding(entry.path));
      named.set(key, [...(named.get(key) ?? []), entry.path]);
      continue;
    }
    const about = await passOver(folder, entry, format);
    passedOver.push(...(about === undefined ? [] : [{ ...about, path: `${shownPath}/${entry.path}`, id: idOf(entry.path) }]));
  }
  const pictures = new Map([...named].flatMap(([key, [path, ...others]]) => (path && others.length === 0 ? [[key, path]] : [])));
  const pathOf = (id: string): string => pictures.get(pairingKey(id)) ?? `${id}.png`;
  const whereIs = (path: string): string => (path.endsWith('.png') ? pathOf(withoutEnding(path)) : path);
  return {
    ...folder,
    read: async (path) => {
      checkFileSize((await folder.sizeOf(whereIs(path))) ?? 0);
      return folder.read(whereIs(path));
    },
    sizeOf: (path) => folder.sizeOf(whereIs(path)),
    ids: [...pictures.values()].map(withoutEnding),
    passedOver: [...passedOver, ...[...named.values()].flatMap((paths) => refuseNamesakes(paths, shownPath))],
    nameOf: (id, number = 1) => `${shownPath}/${pathOf(renderPictureKey(id, number))}`,
  };
}

function withoutEnding(path: string): string {
  return path.slice(0, -'.png'.length);
}

/** A PNG's id has no ending, so that what stands for it in the other folder is found. */
function idOf(path: string): string {
  return path.toLowerCase().endsWith('.png') ? withoutEnding(path) : path;
}

/** Why something that is not named as a PNG, or cannot be reached, is not compared; undefined: nobody would expect it to be. */
async function passOver(
  folder: Folder,
  entry: Entry,
  named: FileFormat | undefined,
): Promise<Pick<PassedOver, 'reason' | 'fix'> | undefined> {
  if (entry.kind === 'unfollowed') {
    return { reason: `${entry.reason}, so it is not compared`, fix: replaceIt };
  }
  // A file that cannot be opened is told by its name alone.
  const start = await readStart(folder.resolve(entry.path)).catch(() => undefined);
  const format = (start === undefined ? undefined : formatOf(start)) ?? named;
  if (format?.isPicture !== true) {
    return undefined;
  }
  return format === png
    ? { reason: `is a PNG whose name does not end in .png, so it is not compared`, fix: 'Rename it.' }
    : { reason: `is ${format.name}, ${onlyPngs}`, fix: 'Save it as a PNG, or keep it in another folder.' };
}

async function readStart(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(formatStartBytes), 0, formatStartBytes, 0);
  return buffer.subarray(0, bytesRead);
}

/** Files that are one picture by `pairingKey`: which of them is meant, nobody can say. */
function refuseNamesakes(paths: readonly string[], shownPath: string): PassedOver[] {
  const [first, second] = paths;
  if (first === undefined || second === undefined) {
    return [];
  }
  return [
    {
      path: `${shownPath}/${first}`,
      id: withoutEnding(first),
      reason: `and ${shownPath}/${second} have names that differ in case alone, so neither is compared`,
      fix: 'Rename one of them: on macOS and Windows they are one file.',
    },
  ];
}
