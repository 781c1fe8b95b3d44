import { createHash } from 'node:crypto';
import type { CaptureReport, CaptureStatus, PictureKind, Report } from '../model.ts';
import { compareBySeverity } from '../order.ts';
import { type Html, html } from './escape.ts';
import { type PagePicture, pageElements } from './page-data.ts';

/** The pictures of a run. Paths are those of `CaptureReport.files`. */
export interface ImageSource {
  /** The bytes, or undefined when there is no such picture. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * A small picture of it, at most `thumbnailSize`, or undefined when none can be made. Without this function small
   * reports hold whole pictures in place of thumbnails, and large ones none.
   */
  thumbnail?(path: string): Promise<Uint8Array | undefined>;
}

/** In pixels, as a tile shows it; of a higher page the upper part. */
export const thumbnailSize = { width: 208, height: 130 } as const;

/** The pictures of a page: where each one is, and the elements that hold them. */
export interface EmbeddedPictures {
  readonly pictures: readonly (readonly [path: string, picture: PagePicture])[];
  readonly elements: readonly Html[];
  /** Paths of pictures that had no room, most important first. */
  readonly leftOut: readonly string[];
}

/** Whole pictures may take this share of the page, so that the others still get a thumbnail. */
const wholeShare = 0.85;

/** How a picture is wanted. */
interface Wish {
  readonly path: string;
  readonly kind: PagePicture['kind'];
}

/**
 * Chooses the pictures of a page within `limitBytes` of base64. What gives way first, when there is no room:
 * thumbnails of unchanged captures, unchanged ones that differ within bounds, pictures that were not compared, removed
 * ones, added ones, then changes, the smallest first. A whole picture without room becomes a thumbnail.
 */
export async function embedPictures(report: Report, images: ImageSource, limitBytes: number): Promise<EmbeddedPictures> {
  const page = new PictureStore(limitBytes);
  const leftOut: string[] = [];
  for (const wish of wishes(report.captures)) {
    const whole = wish.kind === 'whole' || images.thumbnail === undefined;
    const done = (whole && (await page.add(wish.path, 'whole', images))) || (await page.add(wish.path, 'thumbnail', images));
    if (!done) {
      leftOut.push(wish.path);
    }
  }
  return { pictures: [...page.pictures], elements: page.elements, leftOut };
}

/** What each status shows. Unchanged captures are known; a thumbnail tells which page it is. */
const wishedFiles: { readonly [Status in CaptureStatus]: readonly PictureKind[] } = {
  failed: ['actual', 'baseline', 'diff'],
  changed: ['diff', 'actual', 'baseline', 'aligned'],
  added: ['actual'],
  removed: ['baseline'],
  captured: ['actual'],
  skipped: [],
  unchanged: ['actual'],
};

/** Unchanged captures that differ within their allowances, or in places that do not hold still, are worth a look. */
const remarkableFiles: readonly PictureKind[] = ['diff', 'actual', 'baseline'];

function wishes(captures: readonly CaptureReport[]): Wish[] {
  const remarkable = captures.filter((capture) => capture.status === 'unchanged' && isRemarkable(capture));
  const plain = captures.filter((capture) => capture.status === 'unchanged' && !isRemarkable(capture));
  const others = captures.filter(({ status }) => status !== 'unchanged').toSorted(compareBySeverity);
  return [
    ...others.flatMap((capture) => wishFiles(capture, wishedFiles[capture.status], 'whole')),
    ...remarkable.flatMap((capture) => wishFiles(capture, remarkableFiles, 'whole')),
    ...plain.flatMap((capture) => wishFiles(capture, wishedFiles.unchanged, 'thumbnail')),
  ];
}

function isRemarkable({ files, unstable, pageProblem }: CaptureReport): boolean {
  return files.diff !== undefined || unstable || pageProblem !== undefined;
}

function wishFiles({ files }: CaptureReport, kinds: readonly PictureKind[], kind: Wish['kind']): Wish[] {
  return kinds.flatMap((file): Wish[] => {
    const path = files[file];
    return path === undefined ? [] : [{ path, kind }];
  });
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

  /** False when there is no such picture or no room for it. */
  async add(path: string, kind: PagePicture['kind'], images: ImageSource): Promise<boolean> {
    const bytes = kind === 'whole' ? await images.read(path) : await images.thumbnail?.(path);
    if (bytes === undefined) {
      return false;
    }
    const hash = createHash('sha256').update(bytes).digest('base64');
    const element = this.#elementByHash.get(hash) ?? this.#embed(bytes, kind);
    if (element === undefined) {
      return false;
    }
    this.#elementByHash.set(hash, element);
    this.pictures.set(path, { element, kind });
    return true;
  }

  #embed(bytes: Uint8Array, kind: PagePicture['kind']): string | undefined {
    const sizeBytes = base64Length(bytes);
    const limitBytes = this.#limitBytes * (kind === 'whole' ? wholeShare : 1);
    if (this.#sizeBytes + sizeBytes > limitBytes) {
      return undefined;
    }
    const id = `picture-${this.elements.length}`;
    this.#sizeBytes += sizeBytes;
    this.elements.push(renderPicture(id, bytes));
    return id;
  }
}

/** A script element of an unknown type is never run: it is the element that holds text at the least cost. */
function renderPicture(id: string, bytes: Uint8Array): Html {
  const mime = bytes[0] === 0xff ? 'image/jpeg' : 'image/png';
  return html`<script type="text/plain" id="${id}" ${pageElements.mimeAttribute}="${mime}">${Buffer.from(bytes).toString('base64')}</script>`;
}

function base64Length(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / 3) * 4;
}
