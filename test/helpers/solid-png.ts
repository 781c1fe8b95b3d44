import { PNG } from 'pngjs';

/** A PNG of one colour: width × height pixels, RGB without alpha. */
export function solidPng(width: number, height: number, [red, green, blue]: readonly [number, number, number]): Uint8Array {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 4) {
    png.data.set([red, green, blue, 255], at);
  }
  return PNG.sync.write(png, { colorType: 2 });
}
