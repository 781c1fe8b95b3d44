import type { PageAnimation, PageDocument, PageMedia, PageProgress, PageRoot, PageStyleSheet, PageWindow } from './dom.ts';

declare const document: PageDocument;
declare const window: PageWindow;
declare const CSSStyleSheet: PageStyleSheet;

/**
 * Runs in the page, so it refers to nothing outside itself. Brings what moves to a fixed state. The animation clock
 * stands still already (see `openPage`) and so do animated pictures and SVGs (see `steadyFlags`), so what is left is:
 * - transitions and animations with an end are put there, also those that a page starts when others end;
 * - endless animations are taken away;
 * - videos are put at their first frame, progress bars without a value are empty, and the text caret is invisible.
 */
export async function holdStill(maxWaitMs: number): Promise<void> {
  /** A page that starts an animation at each end of another is left at the start of one. */
  const maxRounds = 10;

  const rootsOf = (root: PageRoot): PageRoot[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot === null ? [] : rootsOf(shadowRoot))),
  ];
  const roots = rootsOf(document);
  const all = <T>(selector: string): T[] => roots.flatMap((root) => [...root.querySelectorAll(selector)] as T[]);

  // Those driven by scrolling stand still with the page.
  const moving = (): PageAnimation[] =>
    roots
      .flatMap((root) => root.getAnimations())
      .filter(({ playState, timeline }) => playState === 'running' && timeline === document.timeline);
  const end = (animation: PageAnimation): void => {
    try {
      animation.finish();
    } catch {
      // An endless one has no end to be put at.
      animation.cancel();
    }
  };
  for (let round = 0, left = moving(); left.length > 0 && round < maxRounds; round += 1, left = moving()) {
    left.forEach(end);
    // The next frame brings what the page starts in turn.
    await new Promise<void>((resolve) => window.requestAnimationFrame(() => resolve()));
  }

  const stillness = new CSSStyleSheet();
  stillness.replaceSync('*, ::before, ::after { caret-color: transparent !important; transition: none !important }');
  for (const root of roots) {
    root.adoptedStyleSheets.push(stillness);
  }

  for (const bar of all<PageProgress>('progress:indeterminate')) {
    bar.value = 0;
  }
  const rewind = (video: PageMedia): Promise<void> | undefined => {
    video.pause();
    if (video.readyState === 0 || video.currentTime === 0) {
      return undefined;
    }
    return new Promise((resolve) => {
      video.addEventListener('seeked', () => resolve(), { once: true });
      video.currentTime = 0;
    });
  };
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, maxWaitMs);
  await Promise.race([Promise.all(all<PageMedia>('video').map(rewind)), enough]);
}
