import type { Rect, Size } from '../../../basics/geometry.ts';
import type { CaptureReport } from '../../../results/model.ts';
import type { Pictures } from '../pictures.ts';

/** No screen shows a difference beyond this many device pixels per CSS pixel at this size. */
const largestPixelRatio = 2;

/** In CSS pixels of the page: how much of it is shown around a change, and how much at least and at most. */
const around = { x: 32, y: 24 } as const;
const smallest = { width: 300, height: 104 } as const;
const highest = 420;

/** Up to this width two pictures stand beside each other on a card; wider ones are as wide as the card. In CSS pixels. */
export const cardWidths = { besides: 340, whole: 600 } as const;

/** What a card shows of a picture, in device pixels: a change and what stands around it, within the page. */
export function cropAround(place: Rect, page: Size, scale: number): Rect {
  const wished = Math.max(place.width / scale + 2 * around.x, smallest.width);
  const isBetween = wished > cardWidths.besides && wished < cardWidths.whole;
  const width = Math.min((isBetween ? cardWidths.whole : wished) * scale, page.width);
  const height = Math.min(
    Math.max(place.height + 2 * around.y * scale, smallest.height * scale),
    Math.min(highest * scale, Math.max(width, smallest.height * scale)),
    page.height,
  );
  const isHigher = place.height > height;
  const top = isHigher ? place.y - around.y * scale : place.y + place.height / 2 - height / 2;
  return {
    x: clamp(place.x + place.width / 2 - width / 2, 0, page.width - width),
    y: clamp(top, 0, page.height - height),
    width,
    height,
  };
}

/** A part of a picture with boxes, as large as its canvas is on the screen. */
export interface CropDrawing {
  readonly path: string;
  /** In pixels of the picture. */
  readonly crop: Rect;
  readonly boxes: readonly Rect[];
  readonly boxKind: 'changed' | 'shade';
}

const boxColors = { halo: '#ffffff', changed: '#d6006c', shade: '#c2700a' } as const;

export async function drawCrop(
  canvas: HTMLCanvasElement,
  { path, crop, boxes, boxKind }: CropDrawing,
  pictures: Pictures,
): Promise<void> {
  const blob = await pictures.blob(path);
  const context = canvas.getContext('2d');
  if (blob === undefined || context === null) {
    return;
  }
  const bitmap = await createImageBitmap(blob);
  const ratio = Math.min(devicePixelRatio, largestPixelRatio);
  canvas.width = Math.max(Math.round((canvas.clientWidth || crop.width) * ratio), 1);
  canvas.height = Math.max(Math.round((canvas.width * crop.height) / crop.width), 1);
  const scale = canvas.width / crop.width;
  context.imageSmoothingQuality = 'high';
  context.setTransform(scale, 0, 0, scale, -crop.x * scale, -crop.y * scale);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  drawBoxes(context, boxes, ratio / scale, boxColors[boxKind]);
  canvas.dataset['drawn'] = '';
}

/** A picture from its top, as wide as its canvas. */
export async function drawWhole(
  canvas: HTMLCanvasElement,
  path: string,
  { viewport }: Pick<CaptureReport, 'viewport'>,
  pictures: Pictures,
): Promise<void> {
  const blob = await pictures.blob(path);
  const context = canvas.getContext('2d');
  if (blob === undefined || context === null) {
    return;
  }
  const bitmap = await createImageBitmap(blob);
  const ratio = Math.min(devicePixelRatio, largestPixelRatio);
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.max(clientWidth * ratio, 1);
  canvas.height = Math.max(clientHeight * ratio, 1);
  // A small component is not blown up.
  const isThumbnail = pictures.find(path)?.kind === 'thumbnail';
  const scale = Math.min(canvas.width / bitmap.width, isThumbnail ? Number.POSITIVE_INFINITY : ratio / viewport.scale);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, (canvas.width - bitmap.width * scale) / 2, 0, bitmap.width * scale, bitmap.height * scale);
  bitmap.close();
  canvas.dataset['drawn'] = '';
}

/** Frees the memory of a canvas that is far out of sight. */
export function clearCanvas(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
  delete canvas.dataset['drawn'];
}

/** Around the places and not over them. `unit`: one CSS pixel of the screen in pixels of the picture. */
function drawBoxes(context: CanvasRenderingContext2D, boxes: readonly Rect[], unit: number, color: string): void {
  for (const { x, y, width, height } of boxes) {
    const gap = 3 * unit;
    const frame = [x - gap, y - gap, width + 2 * gap, height + 2 * gap] as const;
    context.lineWidth = 3 * unit;
    context.strokeStyle = boxColors.halo;
    context.strokeRect(...frame);
    context.lineWidth = 1.5 * unit;
    context.strokeStyle = color;
    context.strokeRect(...frame);
  }
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), Math.max(max, min));
}
