import type {
  PageAnimation,
  PageDocument,
  PageElement,
  PageImage,
  PageMedia,
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
 * moves to a fixed state:
 * - transitions and finite animations are at their end, endless ones are taken away, also when new ones follow;
 * - SVG animations stand at one hour, when finite ones have ended;
 * - videos stand at their first frame;
 * - the text caret is invisible.
 */
export async function settle({ maxWaitMs, images }: SettleOptions): Promise<void> {
  /** Rounds of animations that are ended; a page that starts a new one at each end is left after that. */
  const maxRounds = 20;
  const svgTimeS = 3600;

  const elements = (root: PageRoot): PageElement[] =>
    [...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot === null ? [element] : [element, ...elements(element.shadowRoot)],
    );
  const all = elements(document);
  const named = <T extends PageElement>(...names: string[]): T[] =>
    all.filter((element): element is T => names.includes(element.localName));
  const roots: PageRoot[] = [document, ...all.flatMap((element) => element.shadowRoot ?? [])];
  const nextFrame = (): Promise<void> => new Promise((resolve) => window.requestAnimationFrame(() => resolve()));
  const atMost = (work: Promise<unknown>): Promise<unknown> =>
    Promise.race([work, new Promise((resolve) => setTimeout(resolve, maxWaitMs))]);

  for (const element of named('img', 'iframe')) {
    if (element.loading === 'lazy') element.loading = 'eager';
  }
  await atMost(
    Promise.all([
      document.fonts.ready,
      ...(images ? named<PageImage>('img').map((image) => image.decode().catch(() => undefined)) : []),
    ]),
  );

  const still = new CSSStyleSheet();
  still.replaceSync(
    '*, ::before, ::after { caret-color: transparent !important; transition: none !important; scroll-behavior: auto !important }',
  );
  const running = (): PageAnimation[] =>
    roots
      .flatMap((root) => root.getAnimations())
      // Those driven by scrolling stand still with the page.
      .filter(({ playState, timeline }) => playState === 'running' && timeline === document.timeline);
  for (let round = 0, moving = running(); moving.length > 0 && round < maxRounds; round += 1) {
    for (const animation of moving) {
      try {
        animation.finish();
      } catch {
        // An endless one has no end to jump to.
        animation.cancel();
      }
    }
    await nextFrame();
    moving = running();
  }
  for (const root of roots) root.adoptedStyleSheets.push(still);

  for (const svg of named<PageSvg>('svg')) {
    svg.pauseAnimations();
    svg.setCurrentTime(svgTimeS);
  }
  const rewind = (media: PageMedia): Promise<void> | undefined => {
    media.pause();
    if (media.readyState === 0 || media.currentTime === 0) return undefined;
    return new Promise((resolve) => {
      media.addEventListener('seeked', () => resolve(), { once: true });
      media.currentTime = 0;
    });
  };
  await atMost(Promise.all(named<PageMedia>('video', 'audio').map(rewind)));
}
