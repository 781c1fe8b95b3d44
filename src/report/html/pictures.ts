import { createHash } from 'node:crypto';
import type { CaptureReport, CaptureStatus, PictureKind, Report } from '../../results/model.ts';
import { compareBySeverity } from '../order.ts';
import { Html, html } from './escape.ts';
import { type PagePicture, pageElements } from './page-data.ts';

/** The pictures of a run. Paths are those of `CaptureReport.files`. */
export interface ImageSource {
  /** The bytes, or undefined when there is no such picture. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** A small picture of it, at most `thumbnailSize`, or undefined when none can be made. */
  thumbnail(path: string): Promise<Uint8Array | undefined>;
}

/** In pixels, as a tile shows it; of a higher page the upper part. */
export const thumbnailSize = { width: 208, height: 130 } as const;

/** The pictures of a page: where each one is, and the elements that hold them. */
export interface EmbeddedPictures {
  readonly pictures: readonly (readonly [path: string, picture: PagePicture])[];
  readonly elements: readonly Html[];
  /** Paths of pictures that had no room in their full size, most important first. */
  readonly leftOut: readonly string[];
}

/**
 * Chooses the pictures of a page within `limitBytes` of base64. What gives way first, when there is no room:
 * thumbnails of unchanged captures, unchanged ones that differ within bounds, pictures that were not compared, removed
 * ones, added ones, then changes, the smallest first, and last those by which a group is shown. A capture has all of its pictures or, without room, a thumbnail.
 * Takes that differ from each other come last, where there is room left.
 */
export async function embedPictures(report: Report, images: ImageSource, limitBytes: number): Promise<EmbeddedPictures> {
  const page = new PictureStore(limitBytes);
  const leftOut: string[] = [];
  const examples = new Set([...(report.groups ?? []), ...(report.alike ?? [])].map(({ example }) => example));
  const byWorth = report.captures.toSorted(
    (a, b) => Number(examples.has(b.id)) - Number(examples.has(a.id)) || compareByWorth(a, b),
  );
  const wishes = byWorth.map(wishFor);
  for (let start = 0; start < wishes.length; start += readAhead) {
    const batch = await Promise.all(wishes.slice(start, start + readAhead).map((wish) => load(wish, images)));
    for (const { wish, whole, thumbnail } of batch) {
      if (!page.addWhole(whole)) {
        leftOut.push(...whole.map(([path]) => path));
        page.addThumbnail(wish.thumbnail, thumbnail ?? (await makeThumbnail(wish.thumbnail, images)));
      }
    }
  }
  for (const { takes } of wishes) {
    const read = await readAll(takes, images);
    if (read.length > 0 && !page.addWhole(read)) {
      leftOut.push(...takes);
    }
  }
  return { pictures: [...page.pictures], elements: page.elements, leftOut };
}

/** So many captures are read at a time, since thumbnails are made on other threads. */
const readAhead = 4;

/** Whole pictures may take this share of the page, so that the others still get a thumbnail. */
const wholeShare = 0.85;

/** The pictures wanted of one capture: these whole, or a thumbnail of that one. */
interface Wish {
  readonly whole: readonly string[];
  readonly thumbnail: string | undefined;
  readonly takes: readonly string[];
}

interface Loaded {
  readonly wish: Wish;
  readonly whole: readonly (readonly [path: string, bytes: Uint8Array])[];
  readonly thumbnail?: Uint8Array | undefined;
}

/** What each status shows. An unchanged capture is known; a thumbnail tells which page it is. */
const wishedFiles: { readonly [Status in CaptureStatus]: readonly PictureKind[] } = {
  failed: ['actual', 'baseline', 'diff'],
  changed: ['actual', 'baseline', 'diff', 'aligned'],
  added: ['actual'],
  removed: ['baseline'],
  captured: ['actual'],
  // Only the first of a run that could not sign in has one.
  skipped: ['actual'],
  unchanged: [],
};

/** Unchanged captures that differ within their allowances, or in places that do not hold still, are worth a look. */
const remarkableFiles: readonly PictureKind[] = ['actual', 'baseline', 'diff'];

function wishFor(capture: CaptureReport): Wish {
  const { status, files } = capture;
  const kinds = isRemarkable(capture) ? remarkableFiles : wishedFiles[status];
  return {
    whole: kinds.flatMap((kind) => files[kind] ?? []),
    thumbnail: files.actual ?? files.baseline,
    takes: files.takes ?? [],
  };
}

function isRemarkable({ status, files, unstable, pageProblem }: CaptureReport): boolean {
  return status === 'unchanged' && (files.diff !== undefined || unstable || pageProblem !== undefined);
}

function compareByWorth(a: CaptureReport, b: CaptureReport): number {
  const order = compareBySeverity(a, b);
  const bothUnchanged = a.status === 'unchanged' && b.status === 'unchanged';
  return bothUnchanged ? Number(isRemarkable(b)) - Number(isRemarkable(a)) || order : order;
}

async function load(wish: Wish, images: ImageSource): Promise<Loaded> {
  if (wish.whole.length === 0) {
    return { wish, whole: [], thumbnail: await makeThumbnail(wish.thumbnail, images) };
  }
  return { wish, whole: await readAll(wish.whole, images) };
}

async function readAll(paths: readonly string[], images: ImageSource): Promise<Loaded['whole']> {
  const read = await Promise.all(paths.map(async (path) => [path, await images.read(path)] as const));
  return read.flatMap(([path, bytes]) => (bytes === undefined ? [] : [[path, bytes] as const]));
}

async function makeThumbnail(path: string | undefined, images: ImageSource): Promise<Uint8Array | undefined> {
  return path === undefined ? undefined : images.thumbnail(path);
}

/** The pictures taken so far. The same bytes are stored once, wherever they are shown. */
class PictureStore {
  readonly pictures = new Map<string, PagePicture>();
  readonly elements: Html[] = [];
  readonly #limitBytes: number;
  readonly #elementByHash = new Map<string, string>();
  #sizeBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** All of them, or false when there is no room for that, or none. */
  addWhole(files: readonly (readonly [path: string, bytes: Uint8Array])[]): boolean {
    const added = files.map(([path, bytes]) => ({ path, bytes, hash: hashOf(bytes) }));
    const missing = new Map(added.filter(({ hash }) => !this.#elementByHash.has(hash)).map(({ hash, bytes }) => [hash, bytes]));
    const sizeBytes = [...missing.values()].reduce((sum, bytes) => sum + base64Length(bytes), 0);
    if (files.length === 0 || this.#sizeBytes + sizeBytes > this.#limitBytes * wholeShare) {
      return false;
    }
    for (const { path, bytes, hash } of added) {
      this.pictures.set(path, { element: this.#elementFor(hash, bytes), kind: 'whole' });
    }
    return true;
  }

  addThumbnail(path: string | undefined, bytes: Uint8Array | undefined): void {
    if (path === undefined || bytes === undefined || this.pictures.has(path)) {
      return;
    }
    const hash = hashOf(bytes);
    if (this.#elementByHash.has(hash) || this.#sizeBytes + base64Length(bytes) <= this.#limitBytes) {
      this.pictures.set(path, { element: this.#elementFor(hash, bytes), kind: 'thumbnail' });
    }
  }

  #elementFor(hash: string, bytes: Uint8Array): string {
    const known = this.#elementByHash.get(hash);
    if (known !== undefined) {
      return known;
    }
    const id = `picture-${this.elements.length}`;
    this.elements.push(renderPicture(id, bytes));
    this.#elementByHash.set(hash, id);
    this.#sizeBytes += base64Length(bytes);
    return id;
  }
}

/** A script element of an unknown type is never run: it is the element that holds text at the least cost. */
function renderPicture(id: string, bytes: Uint8Array): Html {
  const mime = bytes[0] === 0xff ? 'image/jpeg' : 'image/png';
  const base64 = new Html(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'));
  return html`<script type="text/plain" id="${id}" ${pageElements.mimeAttribute}="${mime}">${base64}</script>`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

function base64Length(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / 3) * 4;
}
