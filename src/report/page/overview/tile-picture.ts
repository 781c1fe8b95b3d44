import type { Region } from '../../../basics/geometry.ts';
import type { CaptureReport } from '../../../results/model.ts';
import { uncountedShades } from '../../../results/shade-finding.ts';
import type { Pictures } from '../pictures.ts';

/** The size of a tile's picture in CSS pixels; the style sheet gives it the same. */
export const tileSize = { width: 208, height: 130 } as const;

/** No screen shows a difference beyond this many device pixels per CSS pixel at this size. */
const largestPixelRatio = 2;

const boxColors = { halo: '#ffffff', frame: '#d6006c', shade: '#c2700a' } as const;

/** The file that a tile shows: what the page looks like now, else what it looked like. */
export function tilePath({ files }: CaptureReport): string | undefined {
  return files.actual ?? files.baseline;
}

/** Draws a picture over the whole width of a tile, around the largest change, with the changed regions boxed. */
export async function drawTile(canvas: HTMLCanvasElement, capture: CaptureReport, pictures: Pictures): Promise<void> {
  const path = tilePath(capture);
  const blob = path === undefined ? undefined : await pictures.blob(path);
  if (path === undefined || blob === undefined) {
    return;
  }
  const bitmap = await createImageBitmap(blob);
  const ratio = Math.min(devicePixelRatio, largestPixelRatio);
  canvas.width = tileSize.width * ratio;
  canvas.height = tileSize.height * ratio;
  const context = canvas.getContext('2d');
  if (context !== null) {
    const isWhole = pictures.find(path)?.kind === 'whole';
    const regions = isWhole ? (capture.comparison?.regions ?? []) : [];
    const shades = isWhole ? uncountedShades(capture) : [];
    const scale = Math.min(canvas.width / bitmap.width, 1 / Math.min(capture.viewport.scale, 1));
    const top = chooseTop(regions[0] ?? shades[0], bitmap.height, canvas.height / scale);
    context.imageSmoothingQuality = 'high';
    const left = (canvas.width - bitmap.width * scale) / 2;
    context.setTransform(scale, 0, 0, scale, left, -top * scale);
    context.drawImage(bitmap, 0, 0);
    drawBoxes(context, shades, ratio / scale, boxColors.shade);
    drawBoxes(context, regions, ratio / scale, boxColors.frame);
  }
  bitmap.close();
  canvas.dataset['drawn'] = '';
}

/** Frees the memory of a tile that is far out of sight. */
export function clearTile(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
  delete canvas.dataset['drawn'];
}

/** The picture's row at the top of the tile, so that the largest change is in the middle of it. */
function chooseTop(region: Region | undefined, height: number, seen: number): number {
  if (region === undefined || seen >= height) {
    return 0;
  }
  return Math.min(Math.max(region.y + region.height / 2 - seen / 2, 0), height - seen);
}

/** `unit`: one CSS pixel of the tile in pixels of the picture. */
function drawBoxes(context: CanvasRenderingContext2D, regions: readonly Region[], unit: number, color: string): void {
  for (const { x, y, width, height } of regions) {
    const around = 2 * unit;
    const frame = [x - around, y - around, width + 2 * around, height + 2 * around] as const;
    context.lineWidth = 3.5 * unit;
    context.strokeStyle = boxColors.halo;
    context.strokeRect(...frame);
    context.lineWidth = 1.75 * unit;
    context.strokeStyle = color;
    context.strokeRect(...frame);
  }
}
