import { expect, test } from 'vitest';
import { nameChange, nameGroups } from '../../src/report/describe-place.ts';
import { type FoundGroup, findSharedChanges, type Occurrence } from '../../src/report/find-shared-changes.ts';
import type { ComparedCapture, Report } from '../../src/results/model.ts';
import { makeCapture, makeComparison, makeReport } from './support/reports.ts';

type Box = readonly [x: number, y: number, width: number, height: number];

function seen(name: string, [x, y, width, height]: Box, page = { width: 1280, height: 2000 }, scale = 1): Occurrence {
  const region = { x: x * scale, y: y * scale, width: width * scale, height: height * scale, diffPixels: 10 };
  const size = { width: page.width * scale, height: page.height * scale };
  const capture = makeCapture(name, {
    status: 'changed',
    viewport: { name: scale === 1 ? '1280x800' : 'mobile', width: page.width, height: 800, scale },
    comparison: makeComparison({ actualSize: size, baselineSize: size, regions: [region] }),
  }) as ComparedCapture;
  return { capture, regions: [0], place: region };
}

test.each<[name: string, Box, string]>([
  ['a bar at the top', [0, 0, 1280, 64], 'Header'],
  ['a link in it', [900, 20, 80, 16], 'Header'],
  ['a hero that begins at the top', [0, 0, 1280, 600], 'Upper centre'],
  ['a line at the end', [80, 1900, 300, 20], 'Footer'],
  ['a card before the end', [80, 1400, 300, 200], 'Lower left'],
  ['a column at the edge', [0, 300, 240, 900], 'Left side'],
  ['a column at the other edge', [1000, 300, 240, 900], 'Right side'],
  ['almost everything', [0, 100, 1280, 1700], 'Whole page'],
  ['a thing in the middle', [600, 900, 80, 80], 'Middle of the page'],
])('%s: %s is called %s', (_, box, name) => {
  expect(nameChange([seen('a', box)])).toBe(name);
});

test('a rule holds on every capture, in CSS pixels, or not at all', () => {
  expect(nameChange([seen('a', [0, 0, 1280, 64]), seen('b', [0, 0, 780, 64], { width: 390, height: 1600 }, 2)])).toBe('Header');
  expect(nameChange([seen('a', [0, 0, 1280, 64]), seen('b', [0, 900, 1280, 64])])).toBe('Upper centre');
});

test('groups with one name have their viewport as well, or else their size', () => {
  const group = (id: string, ...occurrences: [Occurrence, ...Occurrence[]]): FoundGroup => ({ shades: [], id, occurrences });
  const desktop = group('g1', seen('a', [0, 0, 1280, 64]));
  const mobile = group('g2', seen('a', [0, 0, 390, 64], { width: 390, height: 1600 }, 2));
  const logo = group('g3', seen('b', [20, 10, 100, 30]));
  expect([...nameGroups([desktop, mobile]).values()]).toEqual(['Header, 1280x800', 'Header, mobile']);
  expect([...nameGroups([desktop, logo]).values()]).toEqual(['Header, 1280×64', 'Header, 100×30']);
  expect([...nameGroups([desktop]).values()]).toEqual(['Header']);
});

test('10,000 regions on 500 captures are found in no time worth telling, and hold what is there alone', () => {
  const regions = Array.from({ length: 20 }, (_, at) => ({ x: 0, y: at * 40, width: 10, height: 10, diffPixels: 5 }));
  const captures = Array.from({ length: 500 }, (_, at) =>
    makeCapture(`p${at}`, { status: 'changed', comparison: makeComparison({ regions }) }),
  );
  const groups = regions.map((_, at) => ({
    id: `g${at + 1}`,
    captures: 500,
    size: { width: 10, height: 10 },
    example: 'p0/1280x800',
    regions: Object.fromEntries(captures.map(({ id }) => [id, [at, 99]])),
  }));
  const report: Report = { ...makeReport(captures), groups };
  const found = findSharedChanges(report);
  expect(found.groups.map(({ occurrences }) => occurrences.length)).toEqual(Array(20).fill(500));
  expect(found.groups[3]?.occurrences[0].regions).toEqual([3]);
});
