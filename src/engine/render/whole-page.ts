import type { Rect } from '../../basics/geometry.ts';
import type { PageWarning } from '../../results/page-facts.ts';
import { engineLimits, pictureSizeProblem } from '../limits.ts';
import { explainLoadFailure } from '../load-failures.ts';
import { nextFrame } from '../page/next-frame.ts';
import type { OpenPage } from '../page/open-page.ts';
import type { RenderJob } from '../service/parse-request.ts';
import { RenderFailure } from './failure.ts';
import { settle, type Wanted } from './settle.ts';

/** A page that grows while it is scrolled is followed down to so many windows; one that grows on is cut there. */
const mostWindows = 20;
/** Longest time for scrolling through. */
const scrollMs = 8_000;
/** How much taller than the layout's height Chrome lets a window be (`maximum-scale` in src/engine/in-page/tall-window.ts). */
const tallestWindows = 10;

/** How much there was to see in each window's height of the page but the first while it was scrolled to. */
type Seen = readonly number[];

export interface Scrolled {
  readonly seen: Seen;
  /** Where the page is cut if it is longer, also by what comes later, in CSS pixels. */
  readonly cutAtPx: number;
}

/**
 * Shows the page screen by screen, so that all that waits for being seen is told, then goes back to the top. The page
 * is followed while it grows.
 */
export async function scrollThrough(opened: OpenPage, wanted: Wanted, scale: number): Promise<Scrolled> {
  const { worlds, clock } = opened;
  const first = await worlds.run('measurePage');
  const stepPx = first.window.height;
  checkSize(first.page, scale);
  const longest = Math.max(first.page.height, Math.min(mostWindows * stepPx, Math.floor(engineLimits.pictureSidePx / scale)));
  const endMs = clock.nowMs() + scrollMs;
  const seen: number[] = [];
  await worlds.run('notePinned');
  let height = first.page.height;
  let top = stepPx;
  for (; top < longest && clock.nowMs() < endMs; top += stepPx) {
    if (top >= height) {
      height = await grownHeight(opened, wanted, height);
    }
    if (top >= height) {
      break;
    }
    await worlds.run('scrollTo', top);
    await nextFrame(opened);
    seen.push(await worlds.run('countDrawn', top, top + stepPx));
  }
  await worlds.run('scrollTo', 0);
  await nextFrame(opened);
  // Where time decides, a slower machine would cut elsewhere: then the page is as long as it was in the beginning.
  const cutAtPx = top < longest && clock.nowMs() >= endMs ? first.page.height : longest;
  return { seen, cutAtPx };
}

/** The page's height once what the end of it asked for is there. */
async function grownHeight(opened: OpenPage, wanted: Wanted, before: number): Promise<number> {
  const { worlds, network } = opened;
  await nextFrame(opened);
  const now = (await worlds.run('measurePage')).page.height;
  const isQuiet = network.openUrls(() => true).length === 0 && (await worlds.countTimers()) === 0;
  if (now !== before || isQuiet) {
    return now;
  }
  await settle(opened, wanted);
  return (await worlds.run('measurePage')).page.height;
}

/** How a part of the page beyond the window is drawn. */
export type Drawing =
  | { readonly kind: 'in-window'; readonly clip: Rect | undefined }
  /** Chrome draws what lies beyond the window for the picture alone: less of it is right than in a tall window. */
  | { readonly kind: 'beyond-window'; readonly clip: Rect };

/**
 * Makes the window as tall as the part, so that Chrome draws all of it: frames of other sites, content that is drawn when it is
 * visible, animations by scrolling. Viewport units, media queries and what is fixed stay as in the visitor's window.
 */
export async function enlargeWindow(opened: OpenPage, part: Rect, { viewport, settings }: RenderJob): Promise<Drawing> {
  const { worlds } = opened;
  const { width, height, deviceScaleFactor } = viewport;
  checkSize(part, deviceScaleFactor);
  const [right, bottom] = [part.x + part.width, part.y + part.height];
  if (part.x >= 0 && right <= width && bottom <= height) {
    return { kind: 'in-window', clip: part };
  }
  await worlds.run('notePinned');
  const layoutBefore = await worlds.run('hashLayout');
  const layoutHeight = Math.max(height, Math.ceil(bottom / tallestWindows));
  await worlds.keepWindow(true);
  await worlds.run('keepLayoutOf', { width, height: layoutHeight });
  const window = { deviceScaleFactor, screenWidth: width, screenHeight: height };
  await worlds.session.send('Emulation.setDeviceMetricsOverride', {
    ...window,
    // Right-to-left pages reach to the left of their window, and show that when there is room.
    width: Math.max(width, right) - Math.min(part.x, 0),
    height: Math.max(height, bottom),
    // Only then does Chrome heed what `keepLayoutOf` has set.
    mobile: true,
  });
  await nextFrame(opened);
  await worlds.run('pin');
  if (layoutHeight > height && layoutBefore !== (await worlds.run('hashLayout'))) {
    // The page depends on the height of its window, and Chrome lets no window be so much taller than that.
    await worlds.session.send('Emulation.setDeviceMetricsOverride', {
      ...window,
      width,
      height,
      mobile: settings.mobile ?? false,
    });
    await nextFrame(opened);
    await worlds.run('pin');
    return { kind: 'beyond-window', clip: part };
  }
  return { kind: 'in-window', clip: part };
}

function checkSize(part: Rect, scale: number): void {
  const tooLarge = pictureSizeProblem(part, scale);
  if (tooLarge !== undefined) {
    throw new RenderFailure('bad_request', `The picture would be too large: ${tooLarge}`, explainLoadFailure('too-tall', '').fix);
  }
}

/** Fewer points than this say nothing about a screen. */
const tellingPoints = 8;

/** What a person is told of the picture of a whole page. */
export async function describeWholePage(
  { worlds }: OpenPage,
  { seen, cutAtPx }: Scrolled,
  drawing: Drawing,
): Promise<PageWarning[]> {
  const { page, window } = await worlds.run('measurePage');
  const missing: Rect[] = [];
  for (const [index, count] of seen.entries()) {
    const y = (index + 1) * window.height;
    const isInWindow = drawing.kind === 'in-window' && y + window.height <= (drawing.clip?.height ?? 0);
    if (isInWindow && count >= tellingPoints && (await worlds.run('countDrawn', y, y + window.height)) * 4 < count) {
      missing.push({ x: 0, y, width: page.width, height: window.height });
    }
  }
  return [
    ...(missing.length === 0 ? [] : [{ kind: 'not-drawn', places: missing } as const]),
    ...(page.height > cutAtPx ? [{ kind: 'endless', heightPx: cutAtPx } as const] : []),
    ...(page.width > window.width ? [{ kind: 'wider', widthPx: page.width, windowPx: window.width } as const] : []),
  ];
}
