import type { Size } from '../../report/model.ts';
import { decodeParsed } from '../decode.ts';
import { rowsWithin } from '../limits.ts';
import { checkFilterTypes } from '../png/filtered-data.ts';
import { rowBytes } from '../png/header.ts';
import { InflateReader } from '../png/inflate.ts';
import { type Png, parsePng } from '../png/parse.ts';
import { unfilterRow } from '../png/unfilter.ts';
import type { Area } from './area.ts';
import { type Expand, expandRowsOf } from './expand.ts';

/** Width × height × RGBA bytes. */
export interface Pixels extends Size {
  readonly rgba: Uint8Array;
}

/**
 * The pixels of a PNG within `area`; where the picture ends before it, they stay transparent. Of the usual kinds only a
 * few rows are held at a time, and none below the area is read.
 * @throws UnreadablePicture
 */
export async function cropPng(file: Uint8Array, area: Area): Promise<Pixels> {
  const png = parsePng(file);
  const expand = expandRowsOf(png);
  return expand === undefined ? cropWhole(png, area) : await cropRows(png, expand, area);
}

async function cropRows(png: Png, expand: Expand, area: Area): Promise<Pixels> {
  const { header } = png;
  const crop = emptyCrop(area, header);
  const stride = 1 + rowBytes(header, header.width);
  const distance = Math.max(1, Math.floor((stride - 1) / header.width));
  const bottom = area.y + crop.rows;
  const slab = new Uint8Array(rowsWithin(stride) * stride);
  let above: Uint8Array = new Uint8Array(stride);
  using reader = new InflateReader(png.idat);
  for (let top = 0; top < bottom; top += slab.length / stride) {
    const part = slab.subarray(0, Math.min(slab.length, (bottom - top) * stride));
    // The row above lies in the slab, which is filled anew.
    above = above.slice();
    await reader.read(part);
    checkFilterTypes(part, stride);
    for (let start = 0; start < part.length; start += stride) {
      const row = part.subarray(start, start + stride);
      unfilterRow(row, above, distance);
      const y = top + start / stride - area.y;
      if (y >= 0) {
        expand(row.subarray(1), area.x, crop.columns, crop.pixels.rgba, y * area.width * 4);
      }
      above = row;
    }
  }
  return crop.pixels;
}

function cropWhole(png: Png, area: Area): Pixels {
  const { width, height, pixels } = decodeParsed(png);
  const crop = emptyCrop(area, { width, height });
  for (let row = 0; row < crop.rows; row++) {
    const from = ((area.y + row) * width + area.x) * 4;
    crop.pixels.rgba.set(pixels.subarray(from, from + crop.columns * 4), row * area.width * 4);
  }
  return crop.pixels;
}

/** Transparent pixels for the area, and how many columns and rows of it the picture has. */
function emptyCrop({ x, y, width, height }: Area, size: Size): { pixels: Pixels; columns: number; rows: number } {
  return {
    pixels: { width, height, rgba: new Uint8Array(width * height * 4) },
    columns: Math.max(0, Math.min(width, size.width - x)),
    rows: Math.max(0, Math.min(height, size.height - y)),
  };
}
