import { formatPlural } from '../../basics/format.ts';
import type { CaptureReport, Report } from '../../results/model.ts';
import { findAcceptable, hasWritableBaselines } from '../changes.ts';
import { renderAcceptCommand } from '../render-accept-command.ts';
import { copyText } from './clipboard.ts';
import { h } from './dom.ts';
import type { Notices } from './notices.ts';
import type { ReviewedMarks } from './reviewed.ts';

/** The marked captures that can become baselines. */
export function findMarkedAcceptable(report: Report, marks: ReviewedMarks): CaptureReport[] {
  return findAcceptable(report).filter(({ id }) => marks.has(id));
}

/** Copies the command for the marked captures, or shows it where copying is forbidden. */
export async function copyAcceptCommand(report: Report, marks: ReviewedMarks, notices: Notices): Promise<void> {
  const acceptable = findMarkedAcceptable(report, marks);
  if (acceptable.length === 0) {
    notices.show(
      hasWritableBaselines(report.run)
        ? 'Mark changed or added captures as reviewed first: the command accepts those.'
        : 'What this run was compared with cannot be written to, so there is nothing to accept.',
    );
    return;
  }
  const command = renderAcceptCommand(
    report.run,
    acceptable.map(({ id }) => id),
  );
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
