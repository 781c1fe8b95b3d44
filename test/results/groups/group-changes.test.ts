import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsById, isCovered, leftByGroups } from '../../../src/results/groups/covered.ts';
import { groupChanges } from '../../../src/results/groups/group-changes.ts';
import type { CaptureReport, Report } from '../../../src/results/model.ts';
import { makeCapture, makeChanged, makeComparison, makeReport, makeTrace, shadeFinding } from '../../report/support/reports.ts';

/** Which groups there are, in a few words. */
const told = (report: Report): string[] =>
  (report.groups ?? []).map(({ id, captures, example }) => `${id}: ${captures} as on ${example.split('/')[0]}`);

describe('groups', () => {
  it('are changes that several captures show, the one on most of them first', () => {
    const report = groupChanges(
      makeReport([
        makeChanged('page-10', ['footer', 'header']),
        makeChanged('page-2', ['header']),
        makeChanged('page-3', ['header', 'footer', 'price']),
        makeCapture('same'),
      ]),
    );
    expect(told(report)).toEqual(['g1: 3 as on page-2', 'g2: 2 as on page-3']);
    expect(report.groups?.[0]?.regions).toEqual({ 'page-2/1280x800': [0], 'page-3/1280x800': [0], 'page-10/1280x800': [1] });
    expect(report.captures.map(({ groups }) => groups)).toEqual([['g1', 'g2'], ['g1'], ['g1', 'g2'], undefined]);
  });

  it('count captures and not places, so what one capture shows twice is none', () => {
    expect(told(groupChanges(makeReport([makeChanged('a', ['dot', 'dot']), makeChanged('b', ['other'])])))).toEqual([]);
    const both = groupChanges(makeReport([makeChanged('a', ['dot', 'dot']), makeChanged('b', ['dot'])]));
    expect(both.groups?.[0]).toMatchObject({ captures: 2, regions: { 'a/1280x800': [0, 1], 'b/1280x800': [0] } });
  });

  it('leave out captures that do not tell all of their regions', () => {
    const part = makeChanged('c', ['header', 'more']);
    const cut = { ...part, comparison: { ...part.comparison!, traces: [makeTrace('header')] } } as CaptureReport;
    const report = groupChanges(makeReport([makeChanged('a', ['header']), makeChanged('b', ['header']), cut]));
    expect(told(report)).toEqual(['g1: 2 as on a']);
    expect(report.captures[2]?.groups).toBeUndefined();
  });

  it('leave no traces behind', () => {
    const report = groupChanges(makeReport([makeChanged('a', ['x']), makeChanged('b', ['y'])]));
    expect(JSON.stringify(report)).not.toContain('traces');
  });

  it('hold a region once, of captures that exist, and are the same in whatever order captures come', () => {
    const changes = fc.array(fc.constantFrom('header', 'footer', 'price', 'word', 'logo'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (pages, random) => {
        const captures = pages.map((own, at) => makeChanged(`page-${at}`, own));
        const report = groupChanges(makeReport(captures));
        const groups = report.groups ?? [];
        const held = groups.flatMap(({ regions }) =>
          Object.entries(regions).flatMap(([id, own]) => own.map((at) => `${id} ${at}`)),
        );
        expect(new Set(held).size).toBe(held.length);
        for (const [at, own] of pages.entries()) {
          const capture = report.captures[at] as Extract<CaptureReport, { status: 'changed' }>;
          const alone = own.filter((change) => pages.filter((other) => other.includes(change)).length < 2);
          expect(leftByGroups(capture, groupsById(groups)).regions).toHaveLength(alone.length);
        }
        const shuffled = captures.toSorted(() => (random.next().value! % 3) - 1);
        expect(groupChanges(makeReport(shuffled)).groups).toEqual(report.groups);
      }),
    );
  });
});

/** Runs of rows as the tracer writes them: each a letter, and how many rows it has. */
function rows(text: string): string {
  return [...text]
    .map((letter) => {
      const run = Buffer.alloc(24);
      run.fill(letter, 0, 16);
      run.writeUInt16LE(4, 16);
      run.writeUInt16LE(10, 18);
      run.writeUInt16LE(letter === 'n' ? 900 : 500, 20);
      run.writeUInt16LE(letter === '.' ? 0 : 20, 22);
      return run.toString('base64');
    })
    .join('');
}

/** A capture with one region, whose rows are these. */
function rowsOf(name: string, text: string): CaptureReport {
  const regions = [{ x: 0, y: 0, width: 1280, height: text.length * 4, diffPixels: text.length * 80 }];
  return makeCapture(name, {
    status: 'changed',
    comparison: makeComparison({ regions, traces: [makeTrace(text, { rows: rows(text) })] }),
  });
}

const header = 'ABCDEFGHIJKL';

describe('a region that touches another change', () => {
  it('is cut where what it shares ends, and what is left is a region of its own', () => {
    const report = groupChanges(makeReport([rowsOf('a', header), rowsOf('b', header), rowsOf('c', `${header}.nopqrstuv`)]));
    expect(told(report)).toEqual(['g1: 3 as on a']);
    expect(report.captures[2]?.comparison?.regions).toEqual(
      [
        { x: 10, y: 0, width: 490, height: 48, diffPixels: 1007 - 7 },
        { x: 10, y: 52, width: 890, height: 36, diffPixels: 760 },
      ].map((region, at) => ({ ...region, diffPixels: report.captures[2]!.comparison!.regions[at]!.diffPixels })),
    );
    expect(report.captures[2]?.comparison?.regions.reduce((sum, { diffPixels }) => sum + diffPixels, 0)).toBe(22 * 80);
  });

  it('is cut at its end as well, as a footer below changed content', () => {
    const report = groupChanges(makeReport([rowsOf('a', header), rowsOf('b', `nopqrstuv${header}`)]));
    expect(report.groups?.[0]?.regions).toEqual({ 'a/1280x800': [0], 'b/1280x800': [0] });
    expect(report.captures[1]?.comparison?.regions[0]).toMatchObject({ y: 36, height: 48 });
  });

  it('is cut where no page shows what is shared alone', () => {
    const report = groupChanges(makeReport([rowsOf('a', `${header}nopqrstuv`), rowsOf('b', `${header}wvutsrqpo`)]));
    expect(told(report)).toEqual(['g1: 2 as on a']);
    expect(report.captures.map(({ comparison }) => comparison?.regions.length)).toEqual([2, 2]);
  });

  it('is not cut for a few rows, or a plain bar, which are on any page', () => {
    for (const shared of ['ABCDEFG', 'A'.repeat(1)]) {
      const report = groupChanges(makeReport([rowsOf('a', `${shared}nopqrstuv`), rowsOf('b', `${shared}wvutsrqpo`)]));
      expect(report.captures.map(({ comparison }) => comparison?.regions.length)).toEqual([1, 1]);
    }
  });

  it('is left whole where another job says of its rows what cannot be', () => {
    const lying = rowsOf('b', `${header}nopqrstuv`);
    const regions = [{ ...lying.comparison!.regions[0]!, width: 100 }];
    const report = groupChanges(
      makeReport([rowsOf('a', header), { ...lying, comparison: { ...lying.comparison!, regions } } as CaptureReport]),
    );
    expect(report.captures[1]?.comparison?.regions).toEqual(regions);
    expect(report.groups).toBeUndefined();
  });

  it('keeps all of its pixels, and parts lie within it and apart, whatever the rows are', () => {
    const page = fc.array(fc.constantFrom(...header, '.', 'n'), { minLength: 1, maxLength: 30 }).map((all) => all.join(''));
    const ends = fc.tuple(fc.constantFrom('', header, 'n.'), page, fc.constantFrom('', header)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(ends, { maxLength: 8 }), (pages) => {
        const before = pages.map((text, at) => rowsOf(`page-${at}`, text));
        const after = groupChanges(makeReport(before)).captures;
        for (const [at, capture] of after.entries()) {
          const [whole, parts] = [before[at]!.comparison!.regions[0]!, capture.comparison!.regions];
          expect(parts.reduce((sum, { diffPixels }) => sum + diffPixels, 0)).toBe(whole.diffPixels);
          let bottom = 0;
          for (const part of parts.toSorted((one, other) => one.y - other.y)) {
            expect(part.y).toBeGreaterThanOrEqual(bottom);
            bottom = part.y + part.height;
          }
          expect(bottom).toBeLessThanOrEqual(whole.height);
        }
      }),
    );
  });
});

describe('shades that change with a group', () => {
  const shade = { x: 0, y: 0, width: 1280, height: 63, diffPixels: 78_000, from: '#ffffff', to: '#ecfdf5' };
  const shaded = (name: string, change: string, ...shades: readonly (typeof shade)[]): CaptureReport => {
    const { comparison, ...capture } = makeChanged(name, [change]);
    return { ...capture, comparison: { ...comparison!, findings: [shadeFinding(...shades)] } } as CaptureReport;
  };
  const covered = (...captures: readonly CaptureReport[]): boolean[] => {
    const report = groupChanges(makeReport(captures));
    return report.captures.map((capture) => isCovered(capture, groupsById(report.groups)));
  };

  it('are told with it and seen with it, where all of its captures have them', () => {
    const report = groupChanges(
      makeReport([shaded('a', 'menu', shade), shaded('b', 'menu', { ...shade, y: 40, diffPixels: 9 })]),
    );
    expect(report.groups?.[0]?.shades).toContainEqual({ from: '#ffffff', to: '#ecfdf5', height: 63 });
    expect(covered(shaded('a', 'menu', shade), shaded('b', 'menu', shade))).toEqual([true, true]);
  });

  it('are left to each capture where they are another size or colour, or one has them not', () => {
    for (const other of [
      { ...shade, height: 60 },
      { ...shade, width: 640 },
      { ...shade, to: '#eeeeee' },
    ]) {
      expect(covered(shaded('a', 'menu', shade), shaded('b', 'menu', other))).toEqual([false, false]);
    }
    expect(covered(shaded('a', 'menu', shade), makeChanged('b', ['menu']))).toEqual([false, true]);
    expect(covered(shaded('a', 'menu', shade), shaded('b', 'menu', shade, { ...shade, to: '#000000' }))).toEqual([true, false]);
  });

  it('are left where not all of them are listed', () => {
    const cut = (name: string): CaptureReport => {
      const { comparison, ...capture } = shaded(name, 'menu', shade);
      return {
        ...capture,
        comparison: { ...comparison!, findings: [{ ...shadeFinding(shade), places: 30 }] },
      } as CaptureReport;
    };
    expect(covered(cut('a'), cut('b'))).toEqual([false, false]);
  });
});
