import type { Size } from '../../report/model.ts';
import type { Pixels } from './crop.ts';

/** Between two panels, in pixels. Nothing is drawn there, so that it fits light and dark pages. */
const gap = 12;
/** A line around each panel, since a white page on a white comment has no end. Half see-through grey fits both as well. */
const frame = [128, 128, 128, 160] as const;
/** Where only one of the pictures has pixels. */
const nothing = [128, 128, 128, 40] as const;

/** Lays panels of one size beside each other, each in a frame. */
export function layBeside(panels: readonly Pixels[]): Pixels {
  const { width, height } = panels[0] ?? { width: 0, height: 0 };
  const framed = { width: width + 2, height: height + 2 };
  const whole = { width: panels.length * framed.width + (panels.length - 1) * gap, height: framed.height };
  const rgba = new Uint8Array(whole.width * whole.height * 4);
  for (const [index, panel] of panels.entries()) {
    draw(panel, framed, rgba, whole.width, index * (framed.width + gap));
  }
  return { ...whole, rgba };
}

function draw(panel: Pixels, framed: Size, rgba: Uint8Array, stride: number, left: number): void {
  for (let y = 0; y < framed.height; y++) {
    for (let x = 0; x < framed.width; x++) {
      const onFrame = x === 0 || y === 0 || x === framed.width - 1 || y === framed.height - 1;
      const from = ((y - 1) * panel.width + x - 1) * 4;
      const pixel = onFrame ? frame : panel.rgba[from + 3] === 0 ? nothing : panel.rgba.subarray(from, from + 4);
      rgba.set(pixel, (y * stride + left + x) * 4);
    }
  }
}
