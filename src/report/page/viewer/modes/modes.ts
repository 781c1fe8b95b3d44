import type { ModeName } from '../../route.ts';
import { blink } from './blink.ts';
import { diffOnly } from './diff-only.ts';
import type { Mode, Shown } from './mode.ts';
import { onionSkin } from './onion-skin.ts';
import { sideBySide } from './side-by-side.ts';
import { slider } from './slider.ts';
import { takesApart } from './takes-apart.ts';

/** Every way to look at a capture. */
export const modes: { readonly [Name in ModeName]: Mode } = {
  'side-by-side': sideBySide,
  slider,
  'onion-skin': onionSkin,
  diff: diffOnly,
  blink,
  takes: takesApart,
};

/** Whether a mode has the pictures it needs. */
export function isAvailable(mode: Mode, has: (kind: Shown) => boolean): boolean {
  return mode.needs.every(has);
}
