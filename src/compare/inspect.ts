import type { InspectResult } from './comparer.ts';
import { hasJpegSignature, readJpegSize } from './jpeg.ts';
import { checkFilteredData } from './png/filtered-data.ts';
import { parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Inspects in this thread; see `Comparer.inspect`. */
export async function inspectPicture(bytes: Uint8Array): Promise<InspectResult> {
  try {
    return hasJpegSignature(bytes) ? { kind: 'image', format: 'jpeg', size: readJpegSize(bytes) } : await inspectPng(bytes);
  } catch (error) {
    if (error instanceof UnreadablePicture) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

async function inspectPng(bytes: Uint8Array): Promise<InspectResult> {
  const png = parsePng(bytes);
  await checkFilteredData(png);
  const { width, height } = png.header;
  return { kind: 'image', format: 'png', size: { width, height } };
}
