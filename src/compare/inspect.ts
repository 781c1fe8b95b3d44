import type { InspectResult } from './comparer.ts';
import { hasJpegSignature, readJpegSize } from './jpeg.ts';
import { Kernel } from './kernel/kernel.ts';
import { checkHeldWhole } from './limits.ts';
import { isReadByRows } from './picture/open-picture.ts';
import { checkFilteredData } from './png/filtered-data.ts';
import { parsePng } from './png/parse.ts';
import { UnreadablePicture } from './unreadable.ts';

/** Inspects in this thread; see `Comparer.inspect`. */
export async function inspectPicture(bytes: Uint8Array): Promise<InspectResult> {
  try {
    return hasJpegSignature(bytes) ? { kind: 'image', format: 'jpeg', size: readJpegSize(bytes) } : inspectPng(bytes);
  } catch (error) {
    if (error instanceof UnreadablePicture) {
      return { kind: 'unreadable', reason: error.message };
    }
    throw error;
  }
}

function inspectPng(bytes: Uint8Array): InspectResult {
  using kernel = Kernel.borrow();
  const png = parsePng(bytes);
  if (!isReadByRows(png)) {
    checkHeldWhole(png.header);
  }
  checkFilteredData(kernel, png);
  const { width, height } = png.header;
  return { kind: 'image', format: 'png', size: { width, height } };
}
