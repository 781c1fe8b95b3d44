import { renderAcceptCommand } from '../accept-command.ts';
import { isAcceptable } from '../changes.ts';
import { formatPlural } from '../format.ts';
import type { CaptureReport } from '../model.ts';
import { copyText } from './clipboard.ts';
import { h } from './dom.ts';
import type { Notices } from './notices.ts';
import type { ReviewedMarks } from './reviewed.ts';

/** The marked captures that can become baselines. */
export function findAcceptable(captures: readonly CaptureReport[], marks: ReviewedMarks): CaptureReport[] {
  return captures.filter((capture) => marks.has(capture.id) && isAcceptable(capture));
}

/** Copies the command for the marked captures, or shows it where copying is forbidden. */
export async function copyAcceptCommand(
  captures: readonly CaptureReport[],
  marks: ReviewedMarks,
  notices: Notices,
): Promise<void> {
  const acceptable = findAcceptable(captures, marks);
  if (acceptable.length === 0) {
    notices.show('Mark changed or added captures as reviewed first: the command accepts those.');
    return;
  }
  const command = renderAcceptCommand(acceptable.map(({ id }) => id));
  if (await copyText(command)) {
    notices.show(`Copied the command that accepts ${formatPlural(acceptable.length, 'capture')}.`);
  } else {
    showCommand(command);
  }
}

function showCommand(command: string): void {
  const text = h('textarea', { readonly: true, rows: 4, 'aria-label': 'Command that accepts the reviewed captures' }, command);
  const dialog = h(
    'dialog',
    { class: 'dialog' },
    h('p', {}, 'The browser does not let this page copy. Copy the command from here:'),
    text,
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  text.select();
}
