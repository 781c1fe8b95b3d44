import { optional } from '../basics/record.ts';
import type { Comparer } from '../compare/comparer.ts';
import { UserError } from '../errors/user-error.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { isAcceptable } from '../report/changes.ts';
import type { BaselineKind, CaptureReport, Report } from '../results/model.ts';
import { pictureRequestMs } from '../results/picture-request.ts';
import type { UploadedResults } from '../results/take-results.ts';
import type { Baseline } from './source.ts';

/** A picture that somebody reviewed, as it will be a baseline. */
export type ReviewedPicture = Baseline;

/** What a run compared with that nobody can write to. */
const unwritable: { readonly [Kind in BaselineKind]?: string } = {
  artifact: 'the artifact of an earlier run',
  url: 'another deployment',
  none: 'nothing',
};

/**
 * The captures that the ids name; without ids, all that can be accepted, which may be none.
 * @throws UserError that says why nothing of the run can be accepted, or names every id which cannot be.
 */
export function chooseCaptures({ captures, run }: Report, ids: readonly string[]): CaptureReport[] {
  const compared = run.baselineKind === undefined ? undefined : unwritable[run.baselineKind];
  if (compared !== undefined) {
    throw new UserError(
      `That run compared with ${compared} (baseline: ${run.baselineKind}), so there is nothing to accept.`,
      'Merge the change if it is meant. To accept pictures, run the check with baseline: directory or ref.',
    );
  }
  const acceptable = new Map(captures.filter(isPictured).map((capture) => [capture.id, capture]));
  const unknown = ids.filter((id) => !acceptable.has(id));
  if (unknown.length > 0) {
    throw new UserError(
      unknown.map((id) => `"${id}" did not change and was not added in the reviewed run.`).join(' '),
      acceptable.size === 0
        ? 'Nothing did, so there is nothing to accept.'
        : unknown.map((id) => suggestKnown(id, [...acceptable.keys()], 'The report')).join(' '),
    );
  }
  return ids.length === 0 ? [...acceptable.values()] : ids.flatMap((id) => acceptable.get(id) ?? []);
}

/** Pictures of pages that answered with an error are no baselines, whoever asks; nor are JPEGs. */
function isPictured(capture: CaptureReport): boolean {
  return isAcceptable(capture) && capture.pageProblem === undefined && capture.files.actual?.endsWith('.png') === true;
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
    pictures.set(capture.id, { png, ...optional('environment', capture.environment), ...optional('durationMs', durationMs) });
  }
  return pictures;
}

async function isPng(bytes: Uint8Array, comparer: Pick<Comparer, 'inspect'>): Promise<boolean> {
  const inspected = await comparer.inspect(bytes);
  return inspected.kind === 'image' && inspected.format === 'png';
}
