import { renderChunk } from './chunks.ts';
import { renderHeader } from './header.ts';
import { type Png, pngSignature } from './parse.ts';

/** A PNG of the chunks that make its picture, and of no others. */
export function renderPng({ header, palette, transparency, idat }: Omit<Png, 'damage'>): Buffer {
  return Buffer.concat([
    pngSignature,
    renderChunk('IHDR', renderHeader(header)),
    ...(palette === undefined ? [] : [renderChunk('PLTE', palette)]),
    ...(transparency === undefined ? [] : [renderChunk('tRNS', transparency)]),
    renderChunk('IDAT', Buffer.concat(idat)),
    renderChunk('IEND', Buffer.alloc(0)),
  ]);
}
