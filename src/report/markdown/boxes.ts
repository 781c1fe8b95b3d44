import { escapeMarkdown } from './escape.ts';

/** The box that accepts all; any other box has the id of its group. */
export const everythingBox = 'all';

/** What a box was last said to be; `none`: nobody has ticked it yet. */
export type BoxState = 'none' | 'working' | 'accepted' | 'refused';

export interface Box {
  /** `all`, or the id of a group. */
  readonly id: string;
  readonly ticked: boolean;
  readonly state: BoxState;
}

/** What becomes of a box. */
export interface BoxChange {
  readonly ticked: boolean;
  readonly state: Exclude<BoxState, 'none'>;
  /** Beside the box; plain text. */
  readonly note: string;
}

/**
 * A box as a list item, which GitHub lets people tick who may write. What it is for stands in an HTML comment, so that nothing
 * depends on words; no text from outside can look like one, since all of it is escaped. `label` is markdown already.
 */
export function renderBox(id: string, label: string): string {
  return `- [ ] <!-- box ${id} -->${label}`;
}

const boxLine = /^- \[([ xX])\] <!-- box (all|g\d{1,9}) -->(?:<!-- (working|accepted|refused) -->.*?<!-- end -->)?/gm;

export function listBoxes(body: string): Box[] {
  return [...body.matchAll(boxLine)].map(([, tick, id = '', state]) => ({
    id,
    ticked: tick !== ' ',
    state: isState(state) ? state : 'none',
  }));
}

/** The text as it is when no box is ticked. */
export function untickAll(body: string): string {
  return body.replace(boxLine, (line) => line.replace(/^- \[[xX]\]/, '- [ ]'));
}

/** The text with these boxes changed, by their id; all else stays. */
export function changeBoxes(body: string, changes: ReadonlyMap<string, BoxChange>): string {
  return body.replace(boxLine, (line, _tick: string, id: string) => {
    const change = changes.get(id);
    if (change === undefined) {
      return line;
    }
    const note = change.note === '' ? '' : `<em>${escapeMarkdown(change.note)}</em> · `;
    return `- [${change.ticked ? 'x' : ' '}] <!-- box ${id} --><!-- ${change.state} -->${note}<!-- end -->`;
  });
}

function isState(text: string | undefined): text is Exclude<BoxState, 'none'> {
  return text === 'working' || text === 'accepted' || text === 'refused';
}
