import {
  listAcceptable,
  nothingCovered,
  type SelectedAcceptable,
  selectAcceptable,
  unknownCaptures,
  unknownGroups,
} from '../../../baseline/reviewed-pictures.ts';
import { UserError } from '../../../errors/user-error.ts';
import { describeLeft } from '../../../report/describe-left.ts';
import { isGroupOf } from '../../../results/groups/select-by-group.ts';
import type { CaptureReport, Report } from '../../../results/model.ts';
import { selectCaptures } from '../../../results/select-captures.ts';

/** What is known of the results under one artifact name. */
export interface Review<Results extends { readonly report: Report } = { readonly report: Report }> {
  readonly artifactName: string;
  /** A comment of ours on the pull request shows a run of it. */
  readonly shown: boolean;
  readonly found: Found<Results>;
}

export type Found<Results> =
  | { readonly kind: 'usable'; readonly results: Results }
  /** They are there and must not be taken. */
  | { readonly kind: 'refused'; readonly error: UserError; readonly results: Results }
  /** There are none. */
  | { readonly kind: 'missing'; readonly error: UserError };

export type AcceptDecision<Results> =
  | {
      readonly kind: 'accept';
      readonly chosen: readonly { readonly results: Results; readonly captures: readonly CaptureReport[] }[];
      /** What was not taken although it may have been meant, and why, as sentences. */
      readonly left: readonly string[];
      /** Words that name nothing here and may name something of another config. */
      readonly unknown: readonly string[];
    }
  /** It is none of this step's business. */
  | { readonly kind: 'pass'; readonly reason: string }
  | { readonly kind: 'refuse'; readonly error: UserError };

/**
 * Decides what is taken of which results. Where the pull request has comments of other configs (`others`), words and
 * changes may be theirs, and another step answers for them. `groups` are ids that can only mean groups, as those of boxes.
 */
export function decideAcceptance<Results extends { readonly report: Report }>(
  reviews: readonly Review<Results>[],
  words: readonly string[],
  others: boolean,
  groups: readonly string[] = [],
): AcceptDecision<Results> {
  const ambiguous = findAmbiguous(reviews, words, others) ?? findAmbiguousBox(reviews, groups);
  if (ambiguous !== undefined) {
    return { kind: 'refuse', error: ambiguous };
  }
  const selections = reviews.flatMap(({ found }) =>
    found.kind === 'usable' ? [{ results: found.results, ...select(found.results, words, groups) }] : [],
  );
  const named = [...words, ...groups];
  const unknown = named.filter((word) => selections.every((selection) => selection.unknown.includes(word)));
  const chosen = selections.flatMap(({ results, selected }) => (selected.length === 0 ? [] : [{ results, captures: selected }]));
  const blocked = reviews.flatMap((review) => blockedBy(review, named.length === 0 ? undefined : unknown) ?? []);
  const nothingElse = chosen.length === 0 && !others;
  const missing = nothingElse ? reviews.flatMap(({ found }) => (found.kind === 'missing' ? [found.error] : [])) : [];
  const [error] = [...blocked, ...(selections.length === 0 ? missing : [])];
  if (error !== undefined && (chosen.length === 0 || named.length > 0)) {
    return { kind: 'refuse', error };
  }
  if (unknown.length > 0 && !others) {
    return { kind: 'refuse', error: explainUnknown(unknown, reviews) };
  }
  const leftOver = selections.flatMap((selection) => selection.left);
  if (chosen.length > 0) {
    const left = [...blocked.map(({ message }) => message), ...[describeLeft(leftOver)].filter((text) => text !== undefined)];
    return { kind: 'accept', chosen, left, unknown };
  }
  if (leftOver.length > 0) {
    return { kind: 'refuse', error: nothingCovered(leftOver) };
  }
  return others
    ? { kind: 'pass', reason: named.length === 0 ? 'nothing changed or was added here' : 'what was named is not of this config' }
    : {
        kind: 'refuse',
        error: new UserError('Nothing changed or was added in the reviewed run.', 'There is nothing to accept.'),
      };
}

/** Why results are not taken that may hold what was asked for; `unknown`: the words nothing else has, if there are words. */
function blockedBy({ shown, found }: Review, unknown: readonly string[] | undefined): UserError | undefined {
  if (unknown?.length === 0) {
    return undefined;
  }
  switch (found.kind) {
    case 'usable':
      return undefined;
    case 'missing':
      return shown ? found.error : undefined;
    case 'refused': {
      const named = unknown?.some((word) => select(found.results, [word]).selected.length > 0) ?? true;
      return named ? found.error : undefined;
    }
  }
}

/** A word that is the id of a group of this report means the group. */
function select(
  { report }: { readonly report: Report },
  words: readonly string[],
  boxes: readonly string[] = [],
): SelectedAcceptable {
  const groups = words.filter((word) => isGroupOf(report, word));
  return selectAcceptable(
    report,
    words.filter((word) => !groups.includes(word)),
    [...groups, ...boxes],
  );
}

/** Where configs share a comment, it shows one of them, and nothing says which. */
function findAmbiguousBox(reviews: readonly Review[], groups: readonly string[]): UserError | undefined {
  const holds = ({ found }: Review): boolean =>
    found.kind !== 'missing' && groups.some((group) => isGroupOf(found.results.report, group));
  return reviews.filter(holds).length < 2
    ? undefined
    : new UserError(
        'The ticked boxes may be groups of several configs, which share one comment.',
        'Accept captures by their names, or give each config a comment-key of its own.',
      );
}

/** Each config numbers its groups from 1, and a target may be called as a group is: then nobody can say which is meant. */
function findAmbiguous(reviews: readonly Review[], words: readonly string[], others: boolean): UserError | undefined {
  const reports = reviews.flatMap(({ found }) => (found.kind === 'missing' ? [] : [found.results.report]));
  for (const word of words) {
    const having = reports.filter((report) => isGroupOf(report, word));
    if (having.length > 0 && (having.length > 1 || others)) {
      return new UserError(
        `"${word}" may be a group of several configs, each of which numbers its own.`,
        'Name the captures instead, or tick the box of the group in the comment of its config.',
      );
    }
    if (having.length > 0 && reports.some((report) => selectCaptures(report.captures, [word]).selected.length > 0)) {
      return new UserError(
        `"${word}" is a group and a target.`,
        `Write ${word}/* for the target, or name the captures of the group.`,
      );
    }
  }
  return undefined;
}

const groupId = /^g\d+$/;

/** With what else may have held them. */
function explainUnknown(words: readonly string[], reviews: readonly Review[]): UserError {
  const captures = reviews.flatMap(({ found }) =>
    found.kind === 'missing' ? [] : listAcceptable(found.results.report.captures),
  );
  const { message, fix } = words.every((word) => groupId.test(word))
    ? unknownGroups(words, {
        groups: reviews.flatMap(({ found }) => (found.kind === 'usable' ? (found.results.report.groups ?? []) : [])),
      })
    : unknownCaptures(words, captures);
  const why = reviews.flatMap(({ found }) => (found.kind === 'usable' ? [] : [found.error.message]));
  return new UserError([message, ...why].join(' '), fix);
}
