import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/errors/user-error.ts';
import { groupChanges } from '../../../../src/results/groups/group-changes.ts';
import type { Report } from '../../../../src/results/model.ts';
import { decideAcceptance, type Review } from '../../../../src/step/modes/accept/decide-acceptance.ts';
import { addedCapture } from '../../../helpers/uploaded-results.ts';
import { makeChanged, makeReport } from '../../../report/support/reports.ts';

type Reviewed = Review<{ readonly report: Report }>;
const results = (...pages: readonly string[]) => ({ report: makeReport(pages.map(addedCapture)) });
const usable = (...pages: readonly string[]): Reviewed => ({
  artifactName: 'a',
  shown: true,
  found: { kind: 'usable', results: results(...pages) },
});
const refused = (...pages: readonly string[]): Reviewed => ({
  artifactName: 'b',
  shown: true,
  found: { kind: 'refused', error: new UserError('b is old.', 'Wait.'), results: results(...pages) },
});
const missing = (shown: boolean): Reviewed => ({
  artifactName: 'c',
  shown,
  found: { kind: 'missing', error: new UserError('c is not there.', 'Wait.') },
});

/** In a few words: what is accepted, what was left, what is unknown; or why not. */
function decide(reviews: readonly Reviewed[], words: readonly string[], others = false): string {
  const decision = decideAcceptance(reviews, words, others);
  switch (decision.kind) {
    case 'accept': {
      const names = decision.chosen.flatMap(({ captures }) => captures.map(({ name }) => name));
      return [names.join(' '), ...decision.left, ...decision.unknown.map((word) => `not ${word}`)].join('; ');
    }
    case 'pass':
      return 'pass';
    case 'refuse':
      return decision.error.message;
  }
}

const shared = (artifactName: string, names: readonly string[] = ['p', 'q', 'r']): Reviewed => ({
  artifactName,
  shown: true,
  found: {
    kind: 'usable',
    results: {
      report: groupChanges(
        makeReport([
          makeChanged(names[0] ?? '', ['header']),
          makeChanged(names[1] ?? '', ['header', 'footer']),
          makeChanged(names[2] ?? '', ['footer', 'header', 'own']),
        ]),
      ),
    },
  },
});

describe('a group', () => {
  it.each<[string, readonly Reviewed[], readonly string[], boolean, string]>([
    [
      'takes what shows nothing else',
      [shared('a')],
      ['g1'],
      false,
      'p; Left over, for what else is on them: q/1280x800 (g2), r/1280x800 (g2, 1 region in no group).',
    ],
    [
      'takes more together with another',
      [shared('a')],
      ['g1', 'g2'],
      false,
      'p q; Left over, for what else is on it: r/1280x800 (1 region in no group).',
    ],
    [
      'takes nothing where everything shows more',
      [shared('a')],
      ['g2'],
      false,
      'Nothing was accepted. Left over, for what else is on them: q/1280x800 (g1), r/1280x800 (g1, 1 region in no group).',
    ],
    ['goes with names', [shared('a')], ['g1', 'r'], false, 'p r; Left over, for what else is on it: q/1280x800 (g2).'],
    ['must be there', [shared('a')], ['g9'], false, 'There is no group "g9" in the reviewed run.'],
    [
      'of one of two configs is not guessed',
      [shared('a'), shared('b')],
      ['g1'],
      false,
      '"g1" may be a group of several configs, each of which numbers its own.',
    ],
    [
      'that another step may mean is not guessed',
      [shared('a')],
      ['g1'],
      true,
      '"g1" may be a group of several configs, each of which numbers its own.',
    ],
    ['that is a target as well is not guessed', [shared('a', ['g1', 'q', 'r'])], ['g1'], false, '"g1" is a group and a target.'],
  ])('%s', (_, reviews, words, others, expected) => {
    expect(decide(reviews, words, others)).toBe(expected);
  });
});

const unknownX = 'No capture named "x" changed or was added in the reviewed run.';
const nothing = 'Nothing changed or was added in the reviewed run.';

describe('what is accepted', () => {
  it.each<[string, readonly Reviewed[], readonly string[], boolean, string]>([
    ['all', [usable('p', 'q'), usable('r')], [], false, 'p q r'],
    ['what is named', [usable('p', 'q'), usable('r')], ['r', 'p'], false, 'p r'],
    ['nothing of nothing', [usable()], [], false, nothing],
    ['nothing, where others have changes', [usable()], [], true, 'pass'],
    ['nothing with a wrong name', [usable('p')], ['p', 'x'], false, unknownX],
    ['what is known, where others may know the rest', [usable('p')], ['p', 'x'], true, 'p; not x'],
    ['nothing of what others may know', [usable('p')], ['x'], true, 'pass'],
    ['all but what is refused, which is told', [usable('p'), refused('q')], [], false, 'p; b is old.'],
    ['what is named, whatever else is refused', [usable('p'), refused('q')], ['p'], false, 'p'],
    ['nothing with a name of what is refused', [usable('p'), refused('q')], ['p', 'q'], true, 'b is old.'],
    ['nothing that is refused', [refused('q')], [], true, 'b is old.'],
    ['nothing of others, though its own is refused', [refused('q')], ['x'], true, 'pass'],
    ['nothing with a wrong name, and why it may be', [refused('q')], ['x'], false, `${unknownX} b is old.`],
    ['nothing that is not there', [missing(false)], ['p'], false, 'c is not there.'],
    ['nothing that is not there, where there are others', [missing(false)], [], true, 'pass'],
    ['nothing that is not there but was shown', [missing(true)], [], true, 'c is not there.'],
    ['what is there', [usable('p'), missing(false)], [], false, 'p'],
    ['what is there, and that more was shown', [usable('p'), missing(true)], [], false, 'p; c is not there.'],
    ['nothing that may be in what is not there', [usable('p'), missing(true)], ['x'], true, 'c is not there.'],
  ])('%s', (_, reviews, words, others, expected) => {
    expect(decide(reviews, words, others)).toBe(expected);
  });
});
