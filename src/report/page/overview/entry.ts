import type { CaptureReport } from '../../../results/model.ts';
import { h } from '../dom.ts';
import { icon } from '../icon.ts';
import type { Subject } from '../review.ts';

/** A subject in the overview, as a card or as a tile. */
export interface Entry {
  readonly element: HTMLElement;
  readonly link: HTMLAnchorElement;
  readonly subject: Subject;
  /** The captures that it stands for, to be filtered by. */
  readonly captures: readonly CaptureReport[];
  showMarks(marks: EntryMarks): void;
}

export interface EntryMarks {
  /** `elsewhere`: not by itself, but with every group that the capture shows. */
  readonly reviewed: 'no' | 'yes' | 'elsewhere';
  readonly accepted: 'no' | 'chosen' | 'taken';
}

const reviewedWords = { no: '', yes: 'Reviewed', elsewhere: 'Reviewed with its groups' } as const;
const acceptedWords = { no: '', chosen: 'To be accepted', taken: 'Baseline now' } as const;

/** The words and drawings for marks, and what shows them. */
export function createMarks(): { readonly element: HTMLElement; show(marks: EntryMarks): void } {
  const reviewed = h('span', { class: 'mark reviewed-mark', hidden: true });
  const accepted = h('span', { class: 'mark accepted-mark', hidden: true });
  return {
    element: h('span', { class: 'marks' }, reviewed, ' ', accepted),
    show: (marks) => {
      reviewed.hidden = marks.reviewed === 'no' || marks.accepted !== 'no';
      reviewed.replaceChildren(icon('check'), reviewedWords[marks.reviewed]);
      accepted.hidden = marks.accepted === 'no';
      accepted.replaceChildren(icon(marks.accepted === 'taken' ? 'unchanged' : 'accept'), acceptedWords[marks.accepted]);
    },
  };
}
