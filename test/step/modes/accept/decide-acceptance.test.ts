import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/errors/user-error.ts';
import type { Report } from '../../../../src/results/model.ts';
import { decideAcceptance, type Review } from '../../../../src/step/modes/accept/decide-acceptance.ts';
import { addedCapture } from '../../../helpers/uploaded-results.ts';
import { makeReport } from '../../../report/support/reports.ts';

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
