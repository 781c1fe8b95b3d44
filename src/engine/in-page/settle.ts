import type {
  PageAnimation,
  PageDocument,
  PageElement,
  PageImage,
  PageMedia,
  PageProgress,
  PageRoot,
  PageStyleSheet,
  PageSvg,
  PageWindow,
} from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;
declare const CSSStyleSheet: PageStyleSheet;

export interface SettleOptions {
  /** Longest wait for fonts and pictures; after it the page is taken as it is. */
  readonly maxWaitMs: number;
  /** Whether pictures are waited for. */
  readonly images: boolean;
}

/**
 * Runs in the page, so it refers to nothing outside itself. Waits for fonts and pictures, then brings everything that
 * moves to a fixed state. The animation clock stands still already (see `openPage`), so what is left is this:
 * - transitions and animations with an end are put there, also those that a page starts when others end;
 * - endless animations are taken away, SVG animations are put at one hour, when those with an end have ended;
 * - videos are put at their first frame, progress bars without a value are empty, and the text caret is invisible.
 */
export async function settle({ maxWaitMs, images }: SettleOptions): Promise<void> {
  /** A page that starts an animation at each end of another is left at the start of one. */
  const maxRounds = 10;
  const svgTimeS = 3600;

  const elementsOf = (root: PageRoot): PageElement[] =>
    [...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot === null ? [element] : [element, ...elementsOf(element.shadowRoot)],
    );
  const elements = elementsOf(document);
  const named = <T extends PageElement>(...names: string[]): T[] =>
    elements.filter((element): element is T => names.includes(element.localName));
  const roots: PageRoot[] = [document, ...elements.flatMap((element) => element.shadowRoot ?? [])];
  const atMost = (work: readonly unknown[]): Promise<unknown> =>
    Promise.race([Promise.all(work), new Promise((resolve) => setTimeout(resolve, maxWaitMs))]);

  // Fonts and pictures.
  const pictures = named<PageImage>('img');
  for (const late of pictures.filter(({ loading }) => loading === 'lazy')) late.loading = 'eager';
  // A broken picture is part of the page.
  await atMost([document.fonts.ready, ...(images ? pictures.map((picture) => picture.decode().catch(() => undefined)) : [])]);

  // Animations and transitions; those driven by scrolling stand still with the page.
  const running = (): PageAnimation[] =>
    roots
      .flatMap((root) => root.getAnimations())
      .filter(({ playState, timeline }) => playState === 'running' && timeline === document.timeline);
  for (let round = 0, moving = running(); moving.length > 0 && round < maxRounds; round += 1) {
    for (const animation of moving) {
      try {
        animation.finish();
      } catch {
        // An endless one has no end to be put at.
        animation.cancel();
      }
    }
    await new Promise<void>((resolve) => window.requestAnimationFrame(() => resolve()));
    moving = running();
  }
  const stillness = new CSSStyleSheet();
  stillness.replaceSync('*, ::before, ::after { caret-color: transparent !important; transition: none !important }');
  for (const root of roots) root.adoptedStyleSheets.push(stillness);

  // What moves without them.
  for (const svg of named<PageSvg>('svg')) {
    svg.pauseAnimations();
    svg.setCurrentTime(svgTimeS);
  }
  for (const bar of named<PageProgress>('progress')) {
    if (bar.position < 0) bar.value = 0;
  }
  const rewind = (media: PageMedia): Promise<void> | undefined => {
    media.pause();
    if (media.readyState === 0 || media.currentTime === 0) return undefined;
    return new Promise((resolve) => {
      media.addEventListener('seeked', () => resolve(), { once: true });
      media.currentTime = 0;
    });
  };
  await atMost(named<PageMedia>('video').map(rewind));
}
