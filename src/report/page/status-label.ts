import type { CaptureStatus } from '../../results/model.ts';
import { statusWords } from '../../results/statuses.ts';
import { h } from './dom.ts';
import { icon } from './icon.ts';

/** A status as drawing and word; its colour only repeats what both say. */
export function statusLabel(status: CaptureStatus): HTMLElement {
  return h('span', { class: `status status-${status}` }, icon(status), statusWords[status].label);
}
