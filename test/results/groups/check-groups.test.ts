import { expect, test } from 'vitest';
import { renderJson } from '../../../src/report/json.ts';
import { fitReport } from '../../../src/results/fit-report.ts';
import { leaveGroups, withoutGroups } from '../../../src/results/groups/leave-groups.ts';
import type { ChangeGroup, Report } from '../../../src/results/model.ts';
import { parseResults } from '../../../src/results/parse-results.ts';
import { withSharedChanges } from '../../report/support/reports.ts';

const report = withSharedChanges();
const read = (changed: Report): Report => parseResults(Buffer.from(renderJson(changed)));
const withGroup = (change: Partial<ChangeGroup>): Report => ({
  ...report,
  groups: report.groups!.map((group) => (group.id === 'g1' ? { ...group, ...change } : group)),
});
const [id = ''] = Object.keys(report.groups![0]!.regions);

test('groups are read back as they were written', () => {
  expect(read(report).groups).toEqual(report.groups);
  expect(read(report).alike).toEqual(report.alike);
});

test.each<[string, Report, string]>([
  [
    'a capture that is not there',
    withGroup({ captures: 1, example: 'x/1', regions: { 'x/1': [0] } }),
    'names a region that "x/1" has not',
  ],
  ['a region that is not there', withGroup({ regions: { ...report.groups![0]!.regions, [id]: [9] } }), 'has not'],
  ['no region', withGroup({ regions: { ...report.groups![0]!.regions, [id]: [] } }), 'has not'],
  ['another count', withGroup({ captures: 3 }), 'counts other captures than it names'],
  ['an example of its own', withGroup({ example: 'index/1280x800' }), 'has an example that is none of its captures'],
  ['the id of another group', withGroup({ id: 'g2' }), 'is there twice'],
  [
    'a shade that they have not',
    withGroup({ shades: [{ from: '#000000', to: '#111111', height: 5 }] }),
    'names a shade that not all of its captures have',
  ],
  [
    'a region of another group',
    { ...report, groups: [...report.groups!, { ...report.groups![0]!, id: 'g9' }] },
    'shares a region with another group',
  ],
  [
    'captures that do not know of it',
    { ...report, captures: withoutGroups(report).captures },
    'names other groups than it is in',
  ],
  [
    'kin that is not there',
    { ...report, alike: [{ ...report.groups![0]!, id: 'a1', groups: ['g77'] }] },
    'names a group that is not there',
  ],
])('results of others are refused whose groups tell of %s', (_, hostile, reason) => {
  expect(() => read(hostile)).toThrow(reason);
});

test('a capture that leaves takes its place in every group with it, and a group of one is none', () => {
  const [first, ...others] = Object.keys(report.groups![0]!.regions);
  const left = leaveGroups(report, new Set([first!]));
  expect(left.groups![0]).toMatchObject({ captures: 39, example: others[0] });
  expect(read(left).groups).toEqual(left.groups);
  const alone = leaveGroups(report, new Set(others));
  expect(alone.groups?.map(({ id: group }) => group)).not.toContain('g1');
  expect(read(alone).groups).toEqual(alone.groups);
});

test('a report without room for all regions tells of no group that would hide some', () => {
  const fitted = fitReport(report, 1);
  expect([fitted.groups, fitted.alike, fitted.captures.some(({ groups }) => groups !== undefined)]).toEqual([
    undefined,
    undefined,
    false,
  ]);
});
