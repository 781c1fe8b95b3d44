import type { PageDocument, PageImage, PageRoot, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;

export interface ContentOptions {
  /** Longest wait; after it the page is taken as it is. */
  readonly maxWaitMs: number;
  /** Which pictures are waited for: `in view` leaves those that are loaded only on scrolling. */
  readonly pictures: 'all' | 'in view' | 'none';
}

/**
 * Runs in the page, so it refers to nothing outside itself. Waits until every font in use and the pictures are there,
 * also in open shadow trees.
 */
export async function awaitContent({ maxWaitMs, pictures }: ContentOptions): Promise<void> {
  const imagesOf = (root: PageRoot): PageImage[] => [
    ...(root.querySelectorAll('img') as Iterable<PageImage>),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : imagesOf(shadowRoot))),
  ];
  const isWanted = (image: PageImage): boolean => {
    if (pictures === 'all' || image.loading !== 'lazy') {
      return true;
    }
    const { y, height } = image.getBoundingClientRect();
    return y < window.innerHeight && y + height > 0;
  };
  const images = pictures === 'none' ? [] : imagesOf(document).filter(isWanted);
  for (const late of images.filter(({ loading }) => loading === 'lazy')) {
    late.loading = 'eager';
  }

  // `document.fonts.ready` would also wait for the document to be loaded, which the job may not ask for.
  const fonts = async (): Promise<void> => {
    for (;;) {
      // A layout, so that every font in use has begun to load.
      document.documentElement.getBoundingClientRect();
      const loading = [...document.fonts].filter(({ status }) => status === 'loading');
      if (loading.length === 0) {
        return;
      }
      await Promise.all(loading.map(({ loaded }) => loaded.catch(() => undefined)));
    }
  };
  // A broken picture, like a broken font, is part of the page.
  const there = [fonts(), ...images.map((image) => image.decode().catch(() => undefined))];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, maxWaitMs);
  await Promise.race([Promise.all(there), enough]);
}
