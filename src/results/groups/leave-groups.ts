import { defined } from '../../basics/record.ts';
import type { CaptureReport, ChangeGroup, Report, SharedChange } from '../model.ts';

/** The report without what its captures share: they are told one by one. Of results that nobody vouches for, or without room. */
export function withoutGroups({ groups: _, alike: __, ...report }: Report): Report {
  return { ...report, captures: report.captures.map((capture) => inGroups(capture, undefined)) };
}

/** The report with these captures in no group: what they tell of their regions is not all. A group of one capture is none. */
export function leaveGroups(report: Report, ids: ReadonlySet<string>): Report {
  if (ids.size === 0) {
    return report;
  }
  const { groups = [], alike = [], ...rest } = report;
  const left = groups.flatMap((group): ChangeGroup[] => without(group, ids));
  const known = new Set(left.map(({ id }) => id));
  const alikeLeft = alike.flatMap((kind) => without({ ...kind, groups: kind.groups.filter((id) => known.has(id)) }, ids));
  return {
    ...rest,
    captures: report.captures.map((capture) =>
      inGroups(capture, ids.has(capture.id) ? undefined : capture.groups?.filter((id) => known.has(id))),
    ),
    ...(left.length === 0 ? {} : { groups: left }),
    ...(alikeLeft.length === 0 ? {} : { alike: alikeLeft }),
  };
}

function without<Shared extends SharedChange>(shared: Shared, ids: ReadonlySet<string>): Shared[] {
  const regions = Object.entries(shared.regions).filter(([id]) => !ids.has(id));
  const [first] = regions;
  return first === undefined || regions.length < 2
    ? []
    : [
        {
          ...shared,
          captures: regions.length,
          example: ids.has(shared.example) ? first[0] : shared.example,
          regions: Object.fromEntries(regions),
        },
      ];
}

function inGroups(capture: CaptureReport, groups: readonly string[] | undefined): CaptureReport {
  if (capture.groups === undefined) {
    return capture;
  }
  const { groups: _, ...rest } = capture;
  return { ...rest, ...defined({ groups: groups?.length === 0 ? undefined : groups }) };
}
