import { describe, expect, it } from 'vitest';
import { groupChanges } from '../../../src/results/groups/group-changes.ts';
import type { CaptureReport, ChangedRegion, ChangeLook } from '../../../src/results/model.ts';
import { makeCapture, makeComparison, makeReport, makeTrace } from '../../report/support/reports.ts';

const white = 32_767;
const [black, blue, teal, red] = [0, 3387, 1485, 24_000];
const look = (change: Partial<ChangeLook>): ChangeLook => ({ ...makeTrace('').look, ...change });

interface Given {
  readonly look?: Partial<ChangeLook>;
  readonly place?: Partial<ChangedRegion>;
  readonly mobile?: true;
  /** Equal ones are one group. */
  readonly change?: string;
}

/** A capture on which one thing changed. */
function on(name: string, { look: given = {}, place = {}, mobile, change }: Given = {}): CaptureReport {
  const viewport = mobile ? { name: 'mobile', width: 390, height: 844, scale: 1 } : undefined;
  const size = mobile ? { width: 390, height: 2400 } : { width: 1280, height: 2400 };
  return makeCapture(name, {
    status: 'changed',
    ...(viewport === undefined ? {} : { viewport, id: `${name}/mobile` }),
    comparison: makeComparison({
      baselineSize: size,
      actualSize: size,
      regions: [{ x: 9, y: 300, width: 300, height: 40, diffPixels: 7, ...place }],
      traces: [makeTrace(change ?? `${name}${mobile}`, { look: look(given) })],
    }),
  });
}

/** Of each kind, which captures show it. */
const kinds = (...captures: readonly CaptureReport[]): string[] =>
  (groupChanges(makeReport(captures)).alike ?? []).map(({ regions }) => Object.keys(regions).join(' '));

describe('changes look alike', () => {
  it('in the same colours, about the same size and the same shape', () => {
    const shape = 'ffff000000000000';
    const one = on('a', { look: { shape } });
    expect(kinds(one, on('b', { look: { shape }, place: { width: 310, height: 44 } }))).toHaveLength(1);
    expect(kinds(one, on('b', { look: { shape }, place: { width: 400 } }))).toEqual([]);
    expect(kinds(one, on('b', { look: { shape: '000000000000ffff' } }))).toEqual([]);
    expect(kinds(one, on('b', { look: { shape, to: [99, 0] } }))).toEqual([]);
  });

  it('recoloured in the same way, whatever their size', () => {
    const recoloured = { recoloured: true, from: [blue], to: [teal] };
    expect(kinds(on('a', { look: recoloured }), on('b', { look: recoloured, place: { width: 30, height: 12 } }))).toHaveLength(1);
    expect(kinds(on('a', { look: recoloured }), on('b', { look: { ...recoloured, to: [red] } }))).toEqual([]);
  });

  it('moved to the side by as much, whatever they are', () => {
    const moved = { movedPercent: 80, movedPx: 4 };
    const other = { from: [red], to: [teal], place: { width: 900 } };
    expect(kinds(on('a', { look: moved }), on('b', { look: { ...moved, ...other } }))).toHaveLength(1);
    expect(kinds(on('a', { look: moved }), on('b', { look: { ...moved, ...other, movedPx: 9 } }))).toEqual([]);
  });

  it('at the same place in the head of the page, with one colour the same', () => {
    const menu = { x: 922, y: 25, width: 207, height: 15 };
    const marked = { look: { from: [white, blue], to: [white, blue] }, place: menu };
    const plain = { look: { from: [white], to: [white, black] }, place: { ...menu, x: 933, width: 196 } };
    expect(kinds(on('a', marked), on('b', plain))).toHaveLength(1);
    expect(kinds(on('a', marked), on('b', { ...plain, place: { ...menu, x: 700 } }))).toEqual([]);
    expect(kinds(on('a', marked), on('b', { ...plain, place: { ...menu, y: 300 } }))).toEqual([]);
    expect(kinds(on('a', marked), on('b', { ...plain, look: { from: [red], to: [teal] } }))).toEqual([]);
  });

  it('on the same pages in several viewports, with one colour the same, where no other could be meant', () => {
    const wide = (name: string) => on(name, { change: 'wide', look: { from: [white], to: [teal] } });
    const narrow = { mobile: true, place: { width: 90, height: 200 } } as const;
    const tall = (name: string) => on(name, { ...narrow, change: 'tall', look: { from: [white, black], to: [teal] } });
    const other = (name: string) =>
      on(name, { ...narrow, change: 'other', look: { from: [white], to: [teal], shape: 'f'.repeat(16) } });
    expect(kinds(wide('a'), wide('b'), tall('a'), tall('b'))).toEqual(['a/1280x800 a/mobile b/1280x800 b/mobile']);
    expect(kinds(wide('a'), wide('b'), tall('a'), tall('c'))).toEqual([]);
    expect(kinds(wide('a'), wide('b'), on('a', { ...narrow, change: 'x', look: { from: [red], to: [teal] } }))).toEqual([]);
    const both = (name: string): CaptureReport => {
      const [one, more] = [tall(name), other(name)].map((capture) => capture.comparison!);
      const [regions, traces] = [
        [...one!.regions, ...more!.regions],
        [...one!.traces!, ...more!.traces!],
      ];
      return { ...tall(name), comparison: { ...one!, regions, traces } } as CaptureReport;
    };
    expect(kinds(wide('a'), wide('b'), both('a'), both('b'))).toEqual([]);
    expect(kinds(wide('a'), both('a'))).toEqual(['a/1280x800 a/mobile']);
  });

  it('and name the groups among them', () => {
    const [a, b, c] = [on('a', { change: 'same' }), on('b', { change: 'same' }), on('c')];
    expect(groupChanges(makeReport([a, b, c])).alike).toMatchObject([{ id: 'a1', captures: 3, groups: ['g1'] }]);
  });
});

describe('text that was set anew', () => {
  const text = (words: number, colours: Partial<ChangeLook> = {}): Given => ({
    look: { from: [white, black], to: [black, white], wordsBefore: words, wordsAfter: words + 1, ...colours },
    place: { width: words * 10, height: words },
  });
  const pages = (count: number, given: (at: number) => Given): CaptureReport[] =>
    Array.from({ length: count }, (_, at) => on(`page-${at}`, given(at)));
  const same = (count: number): CaptureReport[] => Array.from({ length: count }, (_, at) => makeCapture(`same-${at}`));

  it('is one kind on all captures that have as many words as before, whatever their size', () => {
    expect(kinds(...pages(6, (at) => text(30 + 20 * at)))).toHaveLength(1);
    expect(kinds(...pages(6, (at) => text(30 + 20 * at)), ...same(6))).toHaveLength(1);
  });

  it.each<[string, CaptureReport[]]>([
    ['on fewer than half of the captures', [...pages(6, (at) => text(30 + 20 * at)), ...same(7)]],
    ['with fewer words', pages(6, (at) => text(5 + 2 * at))],
    ['with another number of words', pages(6, (at) => text(30 + 20 * at, { wordsAfter: 20 }))],
    ['in other colours', pages(6, (at) => text(30 + 20 * at, { to: [red, teal] }))],
    ['that looks as it did, moved', pages(6, (at) => text(30 + 20 * at, { movedPercent: 20 }))],
  ])('is none %s', (_, captures) => {
    expect(kinds(...captures)).toEqual([]);
  });
});
