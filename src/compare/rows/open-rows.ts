import { parsePng } from '../png/parse.ts';
import { holdRows } from './held-rows.ts';
import type { RowSource } from './row-source.ts';
import { canStream, streamRows } from './streamed-rows.ts';

/** @throws UnreadablePicture */
export async function openRows(file: Uint8Array): Promise<RowSource> {
  const png = parsePng(file);
  return canStream(png) ? streamRows(png) : holdRows(png);
}
