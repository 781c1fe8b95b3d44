import type { Rect, Size } from '../../basics/geometry.ts';
import { decideArea } from '../../compare/triptych/area.ts';
import type { Triptych, TriptychRequest } from '../../compare/triptych/triptych.ts';
import type { FoundGroup } from '../../report/find-shared-changes.ts';
import { tellChanges } from '../../report/tell-changes.ts';
import type { CaptureReport, ChangedRegion, Report } from '../../results/model.ts';
import type { Folder } from '../../system/ports.ts';

/** A picture for the comment, not yet on the server. */
export interface MadePicture {
  /** Of the capture or group that it shows. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly size: Size;
  readonly shownRegions: number;
}

/** More than anyone looks at in a conversation; the report shows them all. */
const mostPictures = 12;
/** All of them together, in bytes, so that the ref stays small and the comment loads fast. */
const mostBytes = 4_000_000;

interface Wish {
  readonly id: string;
  readonly files: { readonly baseline: string; readonly actual: string; readonly diff: string };
  readonly area: Rect;
  readonly shownRegions: number;
}

/** Makes the pictures of what is told first, one after the other. A picture that cannot be made is left out. */
export async function makePictures(
  report: Report,
  output: Pick<Folder, 'read'>,
  render: (request: TriptychRequest) => Promise<Triptych | undefined>,
): Promise<MadePicture[]> {
  const made: MadePicture[] = [];
  let sizeBytes = 0;
  for (const { id, files, area, shownRegions } of choosePictures(report)) {
    const [baseline, actual, diff] = await Promise.all(
      [files.baseline, files.actual, files.diff].map((file) => output.read(file)),
    );
    if (baseline === undefined || actual === undefined || diff === undefined) {
      continue;
    }
    const picture = await render({ baseline, actual, diff, area });
    if (picture === undefined) {
      continue;
    }
    sizeBytes += picture.bytes.length;
    if (sizeBytes > mostBytes) {
      break;
    }
    made.push({ id, bytes: picture.bytes, size: picture.size, shownRegions });
  }
  return made;
}

/** Of each group one, then of the captures that are left, as the comment lists them. */
function choosePictures(report: Report): Wish[] {
  const { groups, left } = tellChanges(report);
  return [
    ...groups.flatMap(wishForGroup),
    ...left.flatMap((capture) => wishFor(capture.id, capture, capture.comparison?.regions)),
  ].slice(0, mostPictures);
}

/** The group as its example shows it, or the first of its captures that has pictures. */
function wishForGroup({ id, occurrences }: FoundGroup): Wish[] {
  const wishes = occurrences.flatMap(({ capture, regions }) =>
    wishFor(
      id,
      capture,
      regions.flatMap((at) => capture.comparison.regions[at] ?? []),
    ),
  );
  return wishes.slice(0, 1);
}

function wishFor(id: string, { viewport, comparison, files }: CaptureReport, regions: readonly ChangedRegion[] = []): Wish[] {
  const { baseline, actual, diff } = files;
  if (comparison === undefined || baseline === undefined || actual === undefined || diff === undefined) {
    return [];
  }
  const { area, shown } = decideArea({ ...comparison, regions }, viewport.scale);
  return [{ id, files: { baseline, actual, diff }, area, shownRegions: shown }];
}
