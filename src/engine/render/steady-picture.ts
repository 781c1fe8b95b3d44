import { PNG } from 'pngjs';
import { joinRects, type Rect } from '../../basics/geometry.ts';
import type { OpenPage } from '../page/open-page.ts';
import { type ScreenshotOptions, screenshot } from './screenshot.ts';

/** So long pictures are taken until two in a row are equal. */
const longestMs = 3_000;
/** Pictures nearer to each other than this are equal where something turns round, or another process is late with a frame. */
const apartMs = { alone: 100, severalProcesses: 300 } as const;
/** What has moved for so long has no end that could be waited for. */
const endlessMs = 1_500;

export interface SteadyPicture {
  readonly bytes: Uint8Array;
  /** Where the last two pictures differ, in CSS pixels; nothing when they are equal. */
  readonly moving: readonly Rect[];
}

/**
 * Takes pictures until two in a row are equal. What moves by script comes to its end meanwhile; what has none is held.
 * Where nothing ran between the moment before the first picture and the moment after it, a second one would be equal.
 */
export async function takeSteadyPicture(opened: OpenPage, options: ScreenshotOptions, scale: number): Promise<SteadyPicture> {
  const { worlds, clock } = opened;
  const startMs = clock.nowMs();
  const work = await watchWork(opened, options);
  let takenMs = startMs;
  let before = await screenshot(opened, options);
  if (work !== undefined && work === (await watchWork(opened, options))) {
    return { bytes: Buffer.from(before, 'base64'), moving: [] };
  }
  for (let isHeld = false; ; ) {
    const pauseMs = worlds.sessions.length > 1 ? apartMs.severalProcesses : apartMs.alone;
    await clock.sleep(Math.max(0, pauseMs - (clock.nowMs() - takenMs)));
    takenMs = clock.nowMs();
    const picture = await screenshot(opened, options);
    const isSteady = picture === before;
    const tookMs = clock.nowMs() - startMs;
    if (isSteady || tookMs >= longestMs) {
      const bytes = Buffer.from(picture, 'base64');
      const moving = isSteady || options.format !== 'png' ? [] : findDifferences(Buffer.from(before, 'base64'), bytes, scale);
      return { bytes, moving };
    }
    if (tookMs >= endlessMs && !isHeld) {
      isHeld = true;
      await worlds.holdTime();
    }
    before = picture;
  }
}

/** All that the page has done so far; undefined where it may do something unnoticed, in a worker or another process. */
async function watchWork(
  { page, worlds, network }: OpenPage,
  { beyondWindow = false }: ScreenshotOptions,
): Promise<string | undefined> {
  if (worlds.sessions.length > 1 || page.workers().length > 0) {
    return undefined;
  }
  const { layouts, scriptS } = await worlds.countWork();
  // A picture beyond the window is a layout of its own.
  return JSON.stringify([beyondWindow ? 0 : layouts, scriptS, network.activity]);
}

/** Differences nearer to each other than this, in device pixels, are one place. */
const cellPx = 64;

function findDifferences(one: Buffer, other: Buffer, scale: number): Rect[] {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  if (a.width !== b.width || a.height !== b.height) {
    return [{ x: 0, y: 0, width: Math.ceil(b.width / scale), height: Math.ceil(b.height / scale) }];
  }
  const places: Rect[] = [];
  for (let y = 0; y < a.height; y += cellPx) {
    for (let x = 0; x < a.width; x += cellPx) {
      const cell = { x, y, width: Math.min(cellPx, a.width - x), height: Math.min(cellPx, a.height - y) };
      if (differsIn(cell, a, b)) {
        const near = places.findIndex((place) => touches(place, cell));
        if (near < 0) {
          places.push(cell);
        } else {
          places[near] = joinRects(places[near] ?? cell, cell);
        }
      }
    }
  }
  return places.map(({ x, y, width, height }) => ({
    x: Math.floor(x / scale),
    y: Math.floor(y / scale),
    width: Math.ceil(width / scale),
    height: Math.ceil(height / scale),
  }));
}

function differsIn({ x, y, width, height }: Rect, a: PNG, b: PNG): boolean {
  for (let row = y; row < y + height; row += 1) {
    const from = (row * a.width + x) * 4;
    if (a.data.compare(b.data, from, from + width * 4, from, from + width * 4) !== 0) {
      return true;
    }
  }
  return false;
}

function touches(place: Rect, cell: Rect): boolean {
  return (
    cell.x <= place.x + place.width &&
    place.x <= cell.x + cell.width &&
    cell.y <= place.y + place.height &&
    place.y <= cell.y + cell.height
  );
}
