import type { Size } from '../results/model.ts';
import { diffIndex, diffPalette, maskedShade, onlyActualShade } from './diff-palette.ts';
import { type DiffBits, unpairedSpan } from './find-differences.ts';
import { Kernel } from './kernel/kernel.ts';
import { rowsWithin } from './limits.ts';
import type { Mask, Span } from './mask.ts';
import type { Picture } from './picture/picture.ts';
import { PixelReader } from './picture/pixel-reader.ts';
import { encodeIndexedPng, indexedStride } from './png/encode-indexed.ts';
import { unionOf } from './verdict.ts';

/** What a diff picture shows besides the page. */
export interface DiffDrawing {
  readonly baselineSize: Size;
  readonly bits: DiffBits;
  readonly mask: Mask;
}

/** Width of the stripes where only the baseline has a picture, in pixels; a power of two. */
const stripe = 8;

/**
 * Draws the actual picture pale and gray; differing pixels in strong red; masked areas in blue; what only the actual picture
 * has in pink; what only the baseline has as red stripes.
 * @returns a PNG of the size of both pictures' union
 * @throws UnreadablePicture
 */
export async function drawDiff(actual: Picture, drawing: DiffDrawing): Promise<Uint8Array> {
  using kernel = Kernel.borrow();
  return await encodeIndexedPng(unionOf(drawing.baselineSize, actual.size), diffPalette, drawRows(kernel, actual, drawing));
}

/** Slabs of rows with four bits a pixel. */
function* drawRows(kernel: Kernel, actual: Picture, drawing: DiffDrawing): Generator<Uint8Array> {
  const { size } = actual;
  const union = unionOf(drawing.baselineSize, size);
  const stride = indexedStride(union.width);
  const slabRows = rowsWithin(stride);
  const page = new PixelReader(kernel, actual);
  const indexes = kernel.reserve(union.width);
  const packed = kernel.reserve(stride);
  const bits = kernel.reserve(union.width);
  const row = kernel.view(indexes, union.width);
  for (let top = 0; top < union.height; top += slabRows) {
    const slab = new Uint8Array(Math.min(slabRows, union.height - top) * stride);
    for (let start = 0, y = top; start < slab.length; start += stride, y++) {
      if (y < size.height) kernel.call.shadeRow(page.next(), size.width, indexes);
      paintOver(row, y, size, drawing);
      const differing = drawing.bits.get(y);
      if (differing !== undefined) {
        kernel.write(bits, differing);
        kernel.call.paintBits(bits, 8 * differing.length, diffIndex.differing, indexes);
      }
      kernel.call.packIndexes(indexes, union.width, packed);
      slab.set(kernel.view(packed, stride - 1), start + 1);
    }
    yield slab;
  }
}

/** Paints what is neither the page nor differs in it over row `y` of its shades. */
function paintOver(row: Uint8Array, y: number, actualSize: Size, { baselineSize, mask }: DiffDrawing): void {
  const actualWidth = y < actualSize.height ? actualSize.width : 0;
  row.fill(diffIndex.nothing, actualWidth);
  const unpaired = unpairedSpan(y, baselineSize, actualSize);
  if (unpaired.end <= actualWidth) shade(row, unpaired, onlyActualShade);
  else drawStripes(row, unpaired, y);
  for (const span of mask.spansAt(y)) shade(row, span, maskedShade);
}

function shade(row: Uint8Array, { start, end }: Span, tint: (shade: number) => number): void {
  for (let x = start; x < end; x++) row[x] = tint(row[x] as number);
}

function drawStripes(row: Uint8Array, { start, end }: Span, y: number): void {
  for (let x = start; x < end; x++) row[x] = (x + y) % (2 * stripe) < stripe ? diffIndex.onlyBaseline : diffIndex.white;
}
