import { formatFew } from '../basics/format.ts';
import { defined } from '../basics/record.ts';
import type { Comparer } from '../compare/comparer.ts';
import { UserError } from '../errors/user-error.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { isAcceptable } from '../report/acceptable.ts';
import { describeLeft } from '../report/describe-left.ts';
import { isGroupOf, type LeftCapture, selectByGroup } from '../results/groups/select-by-group.ts';
import type { BaselineKind, CaptureReport, Report } from '../results/model.ts';
import { pictureRequestMs } from '../results/picture-request.ts';
import { type SelectedCaptures, selectCaptures } from '../results/select-captures.ts';
import type { UploadedResults } from '../results/take-results.ts';
import type { Baseline } from './source.ts';

/** A picture that somebody reviewed, as it will be a baseline. */
export type ReviewedPicture = Baseline;

/** What a run compared with that nobody can write to; undefined: it can be. A kind that is not in this list does not compile. */
const unwritable: { readonly [Kind in BaselineKind]: string | undefined } = {
  directory: undefined,
  ref: undefined,
  artifact: 'the artifact of an earlier run',
  url: 'another deployment',
  none: 'nothing',
};

/** What words name among all that can be accepted. */
export interface SelectedAcceptable extends SelectedCaptures<CaptureReport> {
  /** Captures that show a named group and something else besides, so that they are not taken for it. */
  readonly left: readonly LeftCapture[];
}

/**
 * The captures that the words name (ids, targets or globs) and those whose every change is in one of the named `groups`, in the order
 * of the report; neither words nor groups: all that can be accepted.
 */
export function selectAcceptable(
  report: Pick<Report, 'captures' | 'groups'>,
  words: readonly string[],
  groups: readonly string[] = [],
): SelectedAcceptable {
  const acceptable = listAcceptable(report.captures);
  if (groups.length === 0) {
    return { ...selectCaptures(acceptable, words), left: [] };
  }
  const { selected, unknown } = words.length === 0 ? { selected: [], unknown: [] } : selectCaptures(acceptable, words);
  const { covered, left } = selectByGroup(report, groups);
  const taken = new Set([...selected, ...covered].map(({ id }) => id));
  return {
    selected: acceptable.filter(({ id }) => taken.has(id)),
    unknown: [...unknown, ...groups.filter((group) => !isGroupOf(report, group))],
    left: [...left, ...covered.filter(({ id }) => !taken.has(id)).map(barred)].filter(({ id }) => !taken.has(id)),
  };
}

function barred({ id }: CaptureReport): LeftCapture {
  return { id, groups: [], regions: 0, shade: false, barred: true };
}

/** Pictures of pages that answered with an error are no baselines, whoever asks; nor are JPEGs. */
export function listAcceptable(captures: readonly CaptureReport[]): CaptureReport[] {
  return captures.filter(
    (capture) => isAcceptable(capture) && capture.pageProblem === undefined && capture.files.actual?.endsWith('.png') === true,
  );
}

/**
 * The captures that the words and groups name; without any, all that can be accepted, which may be none.
 * @throws UserError that says why nothing of the run can be accepted, or names every word which names no such capture.
 */
export function chooseCaptures(
  report: Report,
  words: readonly string[],
  groups: readonly string[] = [],
): Pick<SelectedAcceptable, 'selected' | 'left'> {
  checkWritable(report.run);
  const { selected, unknown, left } = selectAcceptable(report, words, groups);
  const wrong = unknown.filter((word) => groups.includes(word));
  if (wrong.length > 0) {
    throw unknownGroups(wrong, report);
  }
  if (unknown.length > 0) {
    throw unknownCaptures(unknown, listAcceptable(report.captures));
  }
  if (selected.length === 0 && left.length > 0) {
    throw nothingCovered(left);
  }
  return { selected, left };
}

/** Each capture of the named groups shows something else besides. */
export function nothingCovered(left: readonly LeftCapture[]): UserError {
  return new UserError(
    `Nothing was accepted. ${describeLeft(left)}`,
    'Name the other groups as well, or accept these captures by their names.',
  );
}

/** Words that were meant as groups and are none of the report's. */
export function unknownGroups(words: readonly string[], { groups = [] }: Pick<Report, 'groups'>): UserError {
  const known = groups.map(({ id }) => id);
  return new UserError(
    `There is no group ${words.map((word) => `"${word}"`).join(' or ')} in the reviewed run.`,
    known.length === 0 ? 'No change of that run is on several captures.' : `Its groups are ${formatFew(known, 10)}.`,
  );
}

/**
 * The captures whose baseline nothing asked for in the run, chosen in the same way.
 * @throws UserError
 */
export function chooseRemoved({ captures, run }: Report, words: readonly string[]): readonly CaptureReport[] {
  checkWritable(run);
  const removed = captures.filter(({ status }) => status === 'removed');
  const { selected, unknown } = selectCaptures(removed, words);
  if (unknown.length > 0) {
    throw unknownCaptures(unknown, removed, 'is a baseline that nothing asks for');
  }
  return selected;
}

function checkWritable(run: Report['run']): void {
  const error = findUnwritable(run);
  if (error !== undefined) {
    throw error;
  }
}

/** Why nothing of a run can be accepted; undefined: something can. */
export function findUnwritable({ baselineKind }: Report['run']): UserError | undefined {
  const compared = baselineKind === undefined ? undefined : unwritable[baselineKind];
  return compared === undefined
    ? undefined
    : new UserError(
        `That run compared with ${compared} (baseline: ${baselineKind}), so there is nothing to accept.`,
        'Merge the change if it is meant. To accept pictures, run the check with baseline: directory or ref.',
      );
}

/** Words that name none of these captures. `what` completes "No capture named … ". */
export function unknownCaptures(
  words: readonly string[],
  captures: readonly CaptureReport[],
  what = 'changed or was added',
): UserError {
  return new UserError(
    words.map((word) => `No capture named "${word}" ${what} in the reviewed run.`).join(' '),
    captures.length === 0
      ? 'Nothing did, so there is nothing to accept.'
      : words.map((word) => suggestKnown(word, namesLike(word, captures), 'The report')).join(' '),
  );
}

/** What may have been meant by a word: ids where it looks like one, else targets. */
function namesLike(word: string, captures: readonly CaptureReport[]): string[] {
  const ids = captures.map(({ id }) => id);
  return word.includes('/') ? ids : [...new Set(captures.map(({ name }) => name))];
}

/**
 * Takes the pictures out of the artifact, byte for byte: each must have the hash that the report tells, and be a PNG
 * that can be decoded.
 * @throws UserError
 */
export async function takeReviewedPictures(
  { picture }: UploadedResults,
  captures: readonly CaptureReport[],
  comparer: Pick<Comparer, 'inspect'>,
): Promise<Map<string, ReviewedPicture>> {
  const pictures = new Map<string, ReviewedPicture>();
  for (const capture of captures) {
    const png = capture.sha256?.actual === undefined ? undefined : await picture(capture, 'actual');
    if (png === undefined || !(await isPng(png, comparer))) {
      throw new UserError(
        `The picture of "${capture.id}" ${png === undefined ? 'has no hash in results.json' : 'cannot be decoded'}, so it is not taken.`,
        'Run the check again, review it, and accept then.',
      );
    }
    const durationMs = pictureRequestMs(capture);
    pictures.set(capture.id, {
      png,
      ...defined({ environment: capture.environment, noise: capture.unstableRegions, masks: capture.masks, durationMs }),
    });
  }
  return pictures;
}

async function isPng(bytes: Uint8Array, comparer: Pick<Comparer, 'inspect'>): Promise<boolean> {
  const inspected = await comparer.inspect(bytes);
  return inspected.kind === 'image' && inspected.format === 'png';
}
