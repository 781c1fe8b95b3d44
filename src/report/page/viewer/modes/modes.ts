import type { ModeName } from '../../route.ts';
import type { LayerKind } from '../pane.ts';
import { blink } from './blink.ts';
import { diffOnly } from './diff-only.ts';
import type { Mode } from './mode.ts';
import { onionSkin } from './onion-skin.ts';
import { sideBySide } from './side-by-side.ts';
import { slider } from './slider.ts';

/** Every way to look at a capture. */
export const modes: { readonly [Name in ModeName]: Mode } = {
  'side-by-side': sideBySide,
  slider,
  'onion-skin': onionSkin,
  diff: diffOnly,
  blink,
};

/** Whether a mode has the pictures it needs. */
export function isAvailable(mode: Mode, has: (kind: LayerKind) => boolean): boolean {
  return mode.needs.every(has);
}
