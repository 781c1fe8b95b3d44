import type { CaptureStatus } from '../model.ts';
import { statusWords } from '../statuses.ts';
import { h } from './dom.ts';

/** A status as symbol and word; its colour only repeats what both say. */
export function statusLabel(status: CaptureStatus): HTMLElement {
  const { symbol, label } = statusWords[status];
  return h(
    'span',
    { class: `status status-${status}` },
    h('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol),
    ` ${label}`,
  );
}
