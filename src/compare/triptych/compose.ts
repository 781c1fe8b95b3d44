import type { Pixels } from './crop.ts';

/** Between two panels, in pixels. Nothing is drawn there, so that it fits light and dark pages. */
const gap = 12;
/** A line around each panel, since a white page on a white comment has no end. Half see-through grey fits both as well. */
const frame = [128, 128, 128, 160] as const;
const frameWidth = 1;

/** Lays panels of one size beside each other, each in a frame. */
export function layBeside(panels: readonly Pixels[]): Pixels {
  const { width: innerWidth, height: innerHeight } = panels[0] ?? { width: 0, height: 0 };
  const panelWidth = innerWidth + 2 * frameWidth;
  const width = panels.length * panelWidth + (panels.length - 1) * gap;
  const height = innerHeight + 2 * frameWidth;
  const rgba = new Uint8Array(width * height * 4);
  const fill = (x: number, y: number, count: number): void => {
    for (let column = x; column < x + count; column++) {
      rgba.set(frame, (y * width + column) * 4);
    }
  };
  for (const [index, panel] of panels.entries()) {
    const left = index * (panelWidth + gap);
    fill(left, 0, panelWidth);
    for (let y = 0; y < innerHeight; y++) {
      fill(left, y + frameWidth, frameWidth);
      const row = panel.rgba.subarray(y * innerWidth * 4, (y + 1) * innerWidth * 4);
      rgba.set(row, ((y + frameWidth) * width + left + frameWidth) * 4);
      fill(left + panelWidth - frameWidth, y + frameWidth, frameWidth);
    }
    fill(left, height - frameWidth, panelWidth);
  }
  return { width, height, rgba };
}
