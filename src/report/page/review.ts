import { oneLine } from '../../basics/text.ts';
import type { CaptureReport, CaptureStatus, Report } from '../../results/model.ts';
import { isShadeWarning } from '../../results/shade-finding.ts';
import { findAcceptable } from '../changes.ts';
import { type FoundGroup, isShownBy, type SharedChanges } from '../find-shared-changes.ts';
import { tellChanges } from '../tell-changes.ts';
import type { Marks } from './marks.ts';

/** What a reviewer decides on at once: a change with all its captures, or a capture. */
export type Subject =
  | { readonly kind: 'group'; readonly group: FoundGroup }
  | { readonly kind: 'capture'; readonly capture: CaptureReport };

/** What is to be accepted, in the words of the command, and the captures that this means. */
export interface Acceptance {
  readonly groups: readonly string[];
  /** Captures by their ids, but for those that the groups mean. */
  readonly ids: readonly string[];
  readonly captures: readonly CaptureReport[];
}

/** What a reviewer has to look at, besides changed shades. */
const toReview: readonly CaptureStatus[] = ['failed', 'changed', 'added', 'removed'];

/** How far a review is: which changes were reviewed and which are to be accepted. The rules, without the page. */
export class Review {
  readonly shared: SharedChanges;
  readonly #groups: ReadonlyMap<string, FoundGroup>;
  readonly #names: ReadonlyMap<string, string>;
  readonly #acceptable: ReadonlySet<CaptureReport>;
  readonly #marks: Marks;

  constructor(report: Report, marks: Marks) {
    const { groups, shared } = tellChanges(report);
    this.shared = shared;
    this.#groups = new Map(this.shared.groups.map((group) => [group.id, group]));
    this.#names = new Map(groups.map(({ id, name }) => [id, name]));
    this.#acceptable = new Set(findAcceptable(report));
    this.#marks = marks;
  }

  group(id: string): FoundGroup | undefined {
    return this.#groups.get(id);
  }

  /** What a subject is called. */
  nameOf(subject: Subject): string {
    return subject.kind === 'group' ? (this.#names.get(subject.group.id) ?? subject.group.id) : oneLine(subject.capture.id);
  }

  /** The groups of a capture's region. */
  groupsAt(capture: CaptureReport, region: number): FoundGroup[] {
    return (this.shared.byRegion.get(capture)?.[region] ?? []).flatMap((id) => this.#groups.get(id) ?? []);
  }

  /** The groups of all its regions, each once. */
  groupsOf(capture: CaptureReport): FoundGroup[] {
    return [...new Set(this.shared.byRegion.get(capture)?.flat())].flatMap((id) => this.#groups.get(id) ?? []);
  }

  /** Whether every change of a capture is told by groups, so that it is no decision of its own. */
  isToldByGroups(capture: CaptureReport): boolean {
    return isShownBy(this.shared, capture, () => true);
  }

  needsReview(subject: Subject): boolean {
    return (
      subject.kind === 'group' ||
      ((toReview.includes(subject.capture.status) || isShadeWarning(subject.capture)) && !this.isToldByGroups(subject.capture))
    );
  }

  /** Whether the subject itself is marked, or, of a capture, every group that it shows. */
  isReviewed(subject: Subject): boolean {
    return this.#holds('reviewed', subject);
  }

  /** Whether every change of a capture was reviewed with a group. */
  isReviewedElsewhere(capture: CaptureReport): boolean {
    return isShownBy(this.shared, capture, (id) => this.#marks.has('reviewed', groupMark(id)));
  }

  isAccepted(subject: Subject): boolean {
    return this.#holds('accepted', subject);
  }

  /** Whether accepting it can lead to a new baseline. */
  canBeAccepted(subject: Subject): boolean {
    return capturesOf(subject).some((capture) => this.#acceptable.has(capture) && !this.#isTaken(capture));
  }

  /** Whether all of its captures have become baselines. */
  isTaken(subject: Subject): boolean {
    return capturesOf(subject).every((capture) => this.#isTaken(capture));
  }

  /** The captures have become baselines, so they wait for nothing any more. */
  setTaken({ groups, captures }: Acceptance): void {
    for (const capture of captures) {
      this.#marks.set('taken', captureMark(capture), true);
      this.#marks.set('accepted', captureMark(capture), false);
    }
    for (const id of groups) {
      const group = this.#groups.get(id);
      if (group !== undefined && this.isTaken({ kind: 'group', group })) {
        this.#marks.set('accepted', groupMark(id), false);
      }
    }
  }

  /** What is no longer reviewed is not accepted either. */
  setReviewed(subject: Subject, reviewed: boolean): void {
    this.#marks.set('reviewed', markOf(subject), reviewed);
    if (!reviewed) {
      this.#marks.set('accepted', markOf(subject), false);
    }
  }

  /** What is accepted was reviewed. */
  setAccepted(subject: Subject, accepted: boolean): void {
    this.#marks.set('accepted', markOf(subject), accepted);
    if (accepted) {
      this.#marks.set('reviewed', markOf(subject), true);
    }
  }

  /** How many groups and captures were chosen to be accepted, whether or not a whole capture comes of it. */
  get chosen(): number {
    const groups = this.shared.groups.filter((group) => this.isAccepted({ kind: 'group', group })).length;
    return groups + this.#waiting.filter((capture) => this.#marks.has('accepted', captureMark(capture))).length;
  }

  /** A group is accepted on the captures that show nothing but accepted groups; the command means the same. */
  get acceptance(): Acceptance {
    const isGroupAccepted = (id: string): boolean => this.#marks.has('accepted', groupMark(id));
    const acceptable = this.#waiting;
    const byGroup = acceptable.filter((capture) => isShownBy(this.shared, capture, isGroupAccepted));
    const known = new Set(byGroup);
    const single = acceptable.filter((capture) => this.#marks.has('accepted', captureMark(capture)) && !known.has(capture));
    const shown = new Set(byGroup.flatMap((capture) => this.shared.byRegion.get(capture)?.flat() ?? []));
    return {
      groups: this.shared.groups.map(({ id }) => id).filter((id) => shown.has(id) && isGroupAccepted(id)),
      ids: single.map(({ id }) => id),
      captures: [...byGroup, ...single],
    };
  }

  /** What could be accepted and is no baseline yet. */
  get #waiting(): CaptureReport[] {
    return [...this.#acceptable].filter((capture) => !this.#isTaken(capture));
  }

  #isTaken(capture: CaptureReport): boolean {
    return this.#marks.has('taken', captureMark(capture));
  }

  #holds(kind: 'reviewed' | 'accepted', subject: Subject): boolean {
    return (
      this.#marks.has(kind, markOf(subject)) ||
      (subject.kind === 'capture' && isShownBy(this.shared, subject.capture, (id) => this.#marks.has(kind, groupMark(id))))
    );
  }
}

export function capturesOf(subject: Subject): readonly CaptureReport[] {
  return subject.kind === 'group' ? subject.group.occurrences.map(({ capture }) => capture) : [subject.capture];
}

/** Groups and captures are told apart, whatever a capture is called. */
function markOf(subject: Subject): string {
  return subject.kind === 'group' ? groupMark(subject.group.id) : captureMark(subject.capture);
}

function groupMark(id: string): string {
  return `group ${id}`;
}

function captureMark({ id }: CaptureReport): string {
  return `capture ${id}`;
}
