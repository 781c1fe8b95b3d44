import { type PageData, type PagePicture, pageElements } from '../html/page-data.ts';

/** A picture that is decoded and ready to be shown. */
export interface LoadedPicture {
  readonly url: string;
  /** In device pixels. */
  readonly width: number;
  readonly height: number;
}

/** How many pictures stay decoded: up to eight of the open capture and as many of the next one. */
const keptPictures = 16;

/** The pictures in the page, taken out of it when they are asked for. */
export class Pictures {
  readonly #known: ReadonlyMap<string, PagePicture>;
  /** Object URLs of what was loaded, oldest first. */
  readonly #loaded = new Map<string, Promise<LoadedPicture | undefined>>();

  constructor(data: PageData) {
    this.#known = new Map(data.pictures);
  }

  /** What the page has of the picture at this path. */
  find(path: string | undefined): PagePicture | undefined {
    return path === undefined ? undefined : this.#known.get(path);
  }

  /** The picture's bytes; undefined when it is not in the page. */
  async blob(path: string): Promise<Blob | undefined> {
    const picture = this.find(path);
    const element = picture === undefined ? undefined : await findElement(picture.element);
    if (element === undefined) {
      return undefined;
    }
    const bytes = decodeBase64(element.textContent ?? '');
    return new Blob([bytes], { type: element.getAttribute(pageElements.mimeAttribute) ?? 'image/png' });
  }

  /** Decodes a picture; undefined when it is not in the page or is not a picture. */
  load(path: string): Promise<LoadedPicture | undefined> {
    const known = this.#loaded.get(path);
    this.#loaded.delete(path);
    const loading = known ?? this.#decode(path);
    this.#loaded.set(path, loading);
    this.#forgetOldest();
    return loading;
  }

  async #decode(path: string): Promise<LoadedPicture | undefined> {
    const blob = await this.blob(path);
    if (blob === undefined) {
      return undefined;
    }
    const url = URL.createObjectURL(blob);
    const image = new Image();
    image.src = url;
    try {
      await image.decode();
    } catch {
      URL.revokeObjectURL(url);
      return undefined;
    }
    return { url, width: image.naturalWidth, height: image.naturalHeight };
  }

  #forgetOldest(): void {
    for (const [path, loading] of this.#loaded) {
      if (this.#loaded.size <= keptPictures) {
        return;
      }
      this.#loaded.delete(path);
      loading.then((picture) => picture !== undefined && URL.revokeObjectURL(picture.url)).catch(() => {});
    }
  }
}

/** How often to look whether more of the page has been read, in ms. */
const lookAgainMs = 50;

/**
 * The element with this id, once all of it has been read: pictures stand at the end of the page, so the first ones may
 * be wanted while a slow disk or line still brings them.
 */
async function findElement(id: string): Promise<HTMLElement | undefined> {
  for (;;) {
    const element = document.getElementById(id) ?? undefined;
    const isWhole = element?.nextSibling !== null && element !== undefined;
    if (isWhole || document.readyState !== 'loading') {
      return element;
    }
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}
