import type { Viewport } from './capture.ts';

const form = /^(?:([^=]*?)\s*=\s*)?(\d{1,5})\s*[x×]\s*(\d{1,5})(?:@(\d+(?:\.\d+)?))?$/;

/**
 * Takes `WxH`, `WxH@SCALE` or `name=WxH@SCALE` apart; undefined when it is none of these. Unnamed ones are named as
 * written: `1280x800`, `390x844@3`. Whether anything takes pictures of that size is another question.
 */
export function splitViewport(written: string): Viewport | undefined {
  const match = form.exec(written.trim());
  if (match === null) {
    return undefined;
  }
  const width = Number(match[2]);
  const height = Number(match[3]);
  const scale = match[4] === undefined ? 1 : Number(match[4]);
  return { name: match[1] ?? `${width}x${height}${scale === 1 ? '' : `@${scale}`}`, width, height, scale };
}
