import { allRoots, findAll } from './roots.ts';

/** What hosts of previews put over the page for its authors; no visitor of the site will see it. Vercel, Netlify. */
const hiddenToolbars = 'vercel-live-feedback, div[data-netlify-deploy-id] { display: none !important }';

/** In the shadow trees that have it. */
const stilled = new WeakSet<Document | ShadowRoot>();

/**
 * Brings what moves by the animation clock, which stands still already (src/engine/page/frame-worlds.ts), to a fixed state:
 * transitions and animations with an end are put there, endless ones are taken away, progress bars without a value are
 * empty, and the text caret is invisible.
 */
export function stopMotion(): boolean {
  const roots = allRoots();
  for (const root of roots.filter((root) => !stilled.has(root))) {
    stilled.add(root);
    const stillness = new CSSStyleSheet();
    stillness.replaceSync(
      `*, ::before, ::after { caret-color: transparent !important; transition: none !important } ${hiddenToolbars}`,
    );
    root.adoptedStyleSheets.push(stillness);
  }
  for (const bar of findAll<HTMLProgressElement>('progress:indeterminate', roots)) {
    bar.value = 0;
  }
  // Those driven by scrolling stand still with the page.
  const moving = roots
    .flatMap((root) => root.getAnimations())
    .filter(({ playState, timeline }) => playState === 'running' && timeline === document.timeline);
  moving.forEach(end);
  return moving.length > 0;
}

function end(animation: Animation): void {
  try {
    animation.finish();
  } catch {
    // An endless one has no end to be put at.
    animation.cancel();
  }
}

export function rewindVideos(): boolean {
  const videos = findAll<HTMLVideoElement>('video').filter(({ readyState }) => readyState > HTMLMediaElement.HAVE_NOTHING);
  for (const video of videos) {
    video.pause();
    if (video.currentTime !== 0 && !video.seeking) {
      video.currentTime = 0;
    }
  }
  return videos.every(({ seeking }) => !seeking);
}

/** Observers are told in the order in which they were made, after the frame in which they see something: ours is the last. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const last = new IntersectionObserver(() => {
      last.disconnect();
      resolve();
    });
    last.observe(document.documentElement);
  });
}
