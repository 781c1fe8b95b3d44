import type { Point, Rect, Size } from '../../../basics/geometry.ts';
/** Where the reader looks: pure arithmetic, so that every pane moves in step by being given the same camera. */

/** `scale`: CSS pixels on the screen per pixel of the picture. `x`, `y`: the picture's pixel at the pane's top left. */
export interface Camera extends Point {
  readonly scale: number;
}

const smallestScale = 0.01;
const largestScale = 32;

/** The scale that shows the whole picture, never enlarged beyond `maxScale`. */
export function fitWhole(picture: Size, pane: Size, maxScale: number): number {
  return clampScale(Math.min(pane.width / picture.width, pane.height / picture.height, maxScale));
}

/** The scale that shows the whole width, never enlarged beyond `maxScale`. */
export function fitWidth(picture: Size, pane: Size, maxScale: number): number {
  return clampScale(Math.min(pane.width / picture.width, maxScale));
}

/** Panes in one row are easier to compare, so a second row has to make the pictures larger by this much. */
const worthASecondRow = 1.3;

/** Into how many columns panes are laid so that `focus` is shown large: as many as there are, unless fewer show it much larger. */
export function chooseColumns(panes: number, focus: Size, stage: Size, maxScale: number): number {
  const counts = Array.from({ length: panes }, (_, index) => index + 1);
  const scaleWith = (columns: number): number => {
    const pane = { width: stage.width / columns, height: stage.height / Math.ceil(panes / columns) };
    return fitWhole(focus, pane, maxScale) * (columns === panes ? worthASecondRow : 1);
  };
  return counts.reduce((best, columns) => (scaleWith(columns) >= scaleWith(best) ? columns : best), 1);
}

/** Zooms by `factor` so that the point of the picture under `at` (in the pane) stays where it is. */
export function zoomAt(camera: Camera, factor: number, at: Point): Camera {
  const scale = clampScale(camera.scale * factor);
  return {
    scale,
    x: camera.x + at.x / camera.scale - at.x / scale,
    y: camera.y + at.y / camera.scale - at.y / scale,
  };
}

/** Moves the picture by CSS pixels of the screen. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** A region with half as much of the page around it, where there is so much, or it could not be told from another. */
export function withSurroundings(region: Rect, picture: Size): Size {
  return {
    width: Math.min(region.width * 1.5, Math.max(picture.width, 1)),
    height: Math.min(region.height * 1.5, Math.max(picture.height, 1)),
  };
}

/** Of the page's own size: text of 16 px is read well at 10 px. */
const readable = 0.6;

/**
 * Shows a region as large as it fits with its surroundings. One that would be too small to be read so, since it is a long part
 * of the page, is shown by the page's width, from its beginning on.
 */
export function lookAt(region: Rect, picture: Size, pane: Size, maxScale: number): Camera {
  const close = fitWhole(withSurroundings(region, picture), pane, maxScale);
  const scale = close < readable * maxScale ? Math.max(close, fitWidth(picture, pane, maxScale)) : close;
  const seen = pane.height / scale;
  // A tenth of the pane above shows what the region comes after.
  const middleY = region.height > seen ? region.y - seen / 10 + seen / 2 : region.y + region.height / 2;
  return keepInPane(centre({ x: region.x + region.width / 2, y: middleY }, scale, pane), picture, pane);
}

/** The camera that shows `middle` in the middle of the pane. */
export function centre(middle: Point, scale: number, pane: Size): Camera {
  return { scale, x: middle.x - pane.width / 2 / scale, y: middle.y - pane.height / 2 / scale };
}

/** The picture's point in the middle of the pane. */
export function middleOf(camera: Camera, pane: Size): Point {
  return { x: camera.x + pane.width / 2 / camera.scale, y: camera.y + pane.height / 2 / camera.scale };
}

/** No empty space where there could be picture; a picture smaller than the pane stands at its top, in the middle. */
export function keepInPane(camera: Camera, picture: Size, pane: Size): Camera {
  const { scale } = camera;
  const seen = { width: pane.width / scale, height: pane.height / scale };
  return {
    scale,
    x: seen.width >= picture.width ? (picture.width - seen.width) / 2 : clamp(camera.x, 0, picture.width - seen.width),
    y: seen.height >= picture.height ? 0 : clamp(camera.y, 0, picture.height - seen.height),
  };
}

function clampScale(scale: number): number {
  return clamp(scale, smallestScale, largestScale);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
