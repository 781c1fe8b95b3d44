import { codeBoxFamily, writeCodeBoxFont } from '../glyphs/code-boxes.ts';
import { nameScripts } from '../glyphs/scripts.ts';
import { nextFrame } from '../page/next-frame.ts';
import type { OpenPage } from '../page/open-page.ts';

/**
 * Draws text for which the machine has no font as boxes with the characters' numbers, so that another text looks
 * different.
 * @returns the names of the scripts that are missing
 */
export async function showMissingText(opened: OpenPage): Promise<readonly string[]> {
  const { worlds } = opened;
  const found = await worlds.runInAll('findMissingText');
  const codePoints = found.flatMap(({ codePoints }) => codePoints);
  if (codePoints.length > 0) {
    await worlds.runInAll('drawMissingText', codeBoxFamily, writeCodeBoxFont(codePoints).toString('base64'));
    await nextFrame(opened);
  }
  return nameScripts(codePoints);
}
