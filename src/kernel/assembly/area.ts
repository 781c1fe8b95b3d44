/** The area that two pictures have in common and that is compared: rows of RGBA pixels, `stride` bytes apart. */

export let width: i32 = 0;
export let height: i32 = 0;
export let stride: usize = 0;

export function setArea(widthPx: i32, heightPx: i32): void {
  width = widthPx;
  height = heightPx;
  stride = widthPx * 4;
}

export function isInside(x: i32, y: i32): bool {
  return x >= 0 && x < width && y >= 0 && y < height;
}

/** Whether all eight neighbours of the pixel are inside. */
export function isSurrounded(x: i32, y: i32): bool {
  return x > 0 && x < width - 1 && y > 0 && y < height - 1;
}
