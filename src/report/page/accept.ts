import { formatPlural } from '../../basics/format.ts';
import type { Report } from '../../results/model.ts';
import { hasWritableBaselines } from '../changes.ts';
import { renderAcceptCommand, renderAcceptComment } from '../render-accept-command.ts';
import { copyText } from './clipboard.ts';
import { h } from './dom.ts';
import type { Notices } from './notices.ts';
import type { Acceptance, Review } from './review.ts';
import type { Server } from './server.ts';

/** Where what is accepted can be written down. */
export type CopyKind = 'command' | 'comment';

/** Copies what accepts the marked changes, or shows it where copying is forbidden. */
export async function copyAcceptance(kind: CopyKind, report: Report, review: Review, notices: Notices): Promise<void> {
  const { acceptance } = review;
  const missing = describeMissing(report, review);
  if (missing !== undefined) {
    notices.show(missing);
    return;
  }
  const { groups, ids } = acceptance;
  const text = kind === 'command' ? renderAcceptCommand(report.run, ids, { groups }) : renderAcceptComment(ids, groups);
  if (await copyText(text)) {
    notices.show(`Copied the ${kind} that accepts ${formatPlural(acceptance.captures.length, 'capture')}.`);
  } else {
    showText(kind, text);
  }
}

/** Has the command that serves the page accept what is marked. Returns whether it did. */
export async function acceptNow(report: Report, review: Review, server: Server | undefined, notices: Notices): Promise<boolean> {
  const missing =
    server === undefined
      ? 'This page is a file and cannot write baselines. Copy the command, or open the page with visual-capture report.'
      : describeMissing(report, review);
  if (server === undefined || missing !== undefined) {
    notices.show(missing ?? '');
    return false;
  }
  const { acceptance } = review;
  const answer = await server.accept({ groups: acceptance.groups, captures: acceptance.ids });
  if (answer.kind === 'refused') {
    showDialog('Nothing was accepted', h('p', {}, answer.message));
    return false;
  }
  review.setTaken(acceptance);
  notices.show(answer.message);
  return true;
}

/** What keeps the marks from being accepted; undefined: nothing does. */
function describeMissing(report: Report, review: Review): string | undefined {
  if (!hasWritableBaselines(report.run)) {
    return 'What this run was compared with cannot be written to, so there is nothing to accept.';
  }
  if (review.acceptance.captures.length > 0) {
    return undefined;
  }
  return review.chosen === 0 ? 'Mark changes as to be accepted first, with the key y.' : incomplete;
}

/** Why nothing comes of groups that were chosen. */
export const incomplete = 'Each capture of these changes has another change that is not to be accepted yet.';

/** What is to be accepted, in a few words. */
export function describeAcceptance({ captures }: Acceptance, chosen: number): string {
  return captures.length === 0
    ? incomplete
    : `${formatPlural(chosen, 'change')} to be accepted, on ${formatPlural(captures.length, 'capture')}`;
}

function showText(kind: CopyKind, content: string): void {
  const text = h('textarea', { readonly: true, rows: 4, 'aria-label': `The ${kind} that accepts what is marked` }, content);
  showDialog(`Copy the ${kind}`, h('p', {}, 'The browser does not let this page copy. Copy it from here:'), text);
  text.select();
}

function showDialog(title: string, ...content: readonly HTMLElement[]): void {
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'dialog-title' },
    h('h2', { id: 'dialog-title' }, title),
    ...content,
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
