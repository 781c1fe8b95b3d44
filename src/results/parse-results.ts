import { contains, unionOf } from '../basics/geometry.ts';
import { unsafeNameReason, unsafeSegmentReason } from '../plan/safe-name.ts';
import { checkGroups } from './groups/check-groups.ts';
import { type CaptureReport, pictureKinds, type Report } from './model.ts';
import { countTotals, decideOutcome } from './outcome.ts';
import { picturePath, takePath } from './output-paths.ts';
import { reportShape } from './report-shape.ts';
import { WrongShape } from './shape.ts';

/** Largest results.json that is read, in bytes: 10,000 captures of 5 kB. */
export const maxResultsBytes = 50_000_000;

/**
 * Reads results.json that another job wrote, trusting nothing: every field has its form and bounds, names are safe as
 * paths, pictures lie where ours lie, and totals and outcome are counted anew.
 * @throws WrongShape, saying what is wrong and where.
 */
export function parseResults(bytes: Uint8Array): Report {
  if (bytes.length > maxResultsBytes) {
    throw new WrongShape(`results.json has ${bytes.length} bytes, above the limit of ${maxResultsBytes}`);
  }
  const report = reportShape.read(parseJson(bytes), 'results.json');
  const ids = new Set<string>();
  for (const capture of report.captures) {
    checkNames(capture, `the capture ${JSON.stringify(capture.id)}`);
    checkRegions(capture, `the capture ${JSON.stringify(capture.id)}`);
    if (ids.has(capture.id.toLowerCase())) {
      throw new WrongShape(`the capture ${JSON.stringify(capture.id)} is there twice`);
    }
    ids.add(capture.id.toLowerCase());
  }
  checkGroups(report);
  const totals = countTotals(report.captures);
  return { ...report, totals, outcome: decideOutcome(totals) };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WrongShape('results.json is no JSON in UTF-8');
  }
}

function checkNames({ id, name, viewport, files }: CaptureReport, at: string): void {
  const unsafe = unsafeNameReason(name) ?? unsafeSegmentReason(viewport.name);
  if (unsafe !== undefined || id !== `${name}/${viewport.name}`) {
    throw new WrongShape(`${at} has a name that no capture can have${unsafe === undefined ? '' : `: ${unsafe}`}`);
  }
  for (const kind of pictureKinds) {
    const path = files[kind];
    const isJpeg = kind === 'actual' && path === picturePath(kind, id, 'jpeg');
    if (path !== undefined && path !== picturePath(kind, id) && !isJpeg) {
      throw new WrongShape(`${at} names a file that is none of its pictures`);
    }
  }
  if (files.takes?.some((path, index) => path !== takePath(id, index + 1)) === true) {
    throw new WrongShape(`${at} names a take that is none of its own`);
  }
}

/** Pictures are cropped to the regions, so these must lie where the pictures do. */
function checkRegions({ comparison }: CaptureReport, at: string): void {
  if (comparison === undefined) {
    return;
  }
  const { baselineSize, actualSize, regions } = comparison;
  const union = { x: 0, y: 0, ...unionOf(baselineSize, actualSize) };
  if (!regions.every((region) => contains(union, region))) {
    throw new WrongShape(`${at} has a region outside of its pictures`);
  }
}
