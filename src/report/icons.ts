import type { CaptureStatus } from '../results/model.ts';

/**
 * Drawings of the report page, as paths on a field of 16 × 16 that are stroked, not filled. Drawn here, since a font
 * that has all of the signs is not to be counted on.
 */
const circle = 'M8 1.75a6.25 6.25 0 1 1 0 12.5 6.25 6.25 0 0 1 0-12.5z';
const square =
  'M3.75 2h8.5c.97 0 1.75.78 1.75 1.75v8.5c0 .97-.78 1.75-1.75 1.75h-8.5C2.78 14 2 13.22 2 12.25v-8.5C2 2.78 2.78 2 3.75 2z';

export const iconPaths = {
  failed: `${circle}M5.75 5.75l4.5 4.5M10.25 5.75l-4.5 4.5`,
  changed: 'M2.75 5.75h10.5M2.75 10.25h10.5M10.5 2.5l-5 11',
  added: `${square}M8 5v6M5 8h6`,
  removed: `${square}M5 8h6`,
  skipped: `${circle}M12.25 3.75l-8.5 8.5`,
  captured: `${circle}M8 5.75a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5z`,
  unchanged: `${circle}M5.25 8.25l2 2 3.5-4.25`,
  accept: 'M8 2v8M4.75 6.75L8 10l3.25-3.25M2.5 13.25h11',
  check: 'M3 8.5l3.25 3.25L13 4.75',
  unchecked: square,
  checked: `${square}M5 8.25l2 2L11 6`,
  left: 'M10 3.25L5.25 8 10 12.75',
  right: 'M6 3.25L10.75 8 6 12.75',
  back: 'M7 3.5L2.5 8 7 12.5M2.5 8h11',
  leftRight: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  copy: 'M5.75 5.75h7.5v7.5h-7.5zM3.25 10.25h-.5v-7.5h7.5v.5',
} as const satisfies Record<CaptureStatus, string> & Record<string, string>;

export type IconName = keyof typeof iconPaths;
