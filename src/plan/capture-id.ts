import type { Capture } from './capture.ts';
import { splitViewport } from './split-viewport.ts';

/**
 * What an id alone says of a capture: `pricing/1280x800` is the page `pricing` at that viewport. A viewport whose name
 * tells no size has none, and a file that lies in no folder is named by its whole id.
 */
export function parseCaptureId(id: string): Pick<Capture, 'id' | 'name' | 'viewport'> {
  const slash = id.lastIndexOf('/');
  const viewportName = id.slice(slash + 1);
  return {
    id,
    name: slash < 0 ? id : id.slice(0, slash),
    viewport: splitViewport(viewportName) ?? { name: viewportName, width: 0, height: 0, scale: 1 },
  };
}

/** Most accepted pictures of one capture. A page that has more looks is one to keep from changing, not to accept further. */
export const maxVariants = 5;

/** What the further accepted pictures of a capture end in, so no viewport may: `~2` to `~5`. */
const variantEnding = /~([2-5])$/;

/** One of the accepted pictures of a capture: its files are `<id>.png`, `<id>~2.png` to `<id>~5.png`. */
export interface PictureKey {
  readonly id: string;
  readonly number: number;
}

/** The path of a picture without its `.png`, by which manifests know it, too: `pricing/1280x800`, `pricing/1280x800~2`. */
export function renderPictureKey(id: string, number: number): string {
  return number === 1 ? id : `${id}~${number}`;
}

export function parsePictureKey(key: string): PictureKey {
  const number = variantEnding.exec(key)?.[1];
  return number === undefined ? { id: key, number: 1 } : { id: key.replace(variantEnding, ''), number: Number(number) };
}

/** Why a viewport's name cannot be told from a further picture of another one; undefined: it can. */
export function variantNameReason(name: string): string | undefined {
  const ending = variantEnding.exec(name)?.[0];
  return ending === undefined ? undefined : `it ends in ${ending}, as the further accepted pictures of a capture do`;
}

/**
 * The captures whose pictures lie at these paths, `<name>/<viewport>.png`, with the numbers of their pictures in order. Others
 * are left out. The first may be missing where somebody deleted it: the rest count still.
 */
export function listPictures(paths: Iterable<string>): ReadonlyMap<string, readonly number[]> {
  const keys = [...paths]
    .filter((path) => path.includes('/') && path.endsWith('.png'))
    .map((path) => path.slice(0, -'.png'.length));
  const pictures = new Map<string, number[]>();
  for (const { id, number } of keys.map(parsePictureKey)) {
    const numbers = pictures.get(id) ?? [];
    numbers.push(number);
    pictures.set(id, numbers);
  }
  for (const numbers of pictures.values()) {
    numbers.sort((one, other) => one - other);
  }
  return pictures;
}

/** The ids of the captures whose pictures lie at these paths. */
export function captureIdsOf(paths: Iterable<string>): string[] {
  return [...listPictures(paths).keys()];
}
