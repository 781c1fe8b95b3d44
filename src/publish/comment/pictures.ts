import type { Rect, Size } from '../../basics/geometry.ts';
import { decideArea } from '../../compare/triptych/area.ts';
import type { Triptych, TriptychRequest } from '../../compare/triptych/triptych.ts';
import { compareBySeverity } from '../../report/order.ts';
import type { CaptureReport, Report } from '../../results/model.ts';
import type { Folder } from '../../system/ports.ts';

/** A picture for the comment, not yet on the server. */
export interface MadePicture {
  readonly captureId: string;
  readonly bytes: Uint8Array;
  readonly size: Size;
  readonly shownRegions: number;
}

/** More than anyone looks at in a conversation; the report shows them all. */
const mostPictures = 12;
/** All of them together, in bytes, so that the ref stays small and the comment loads fast. */
const mostBytes = 4_000_000;

interface Wish {
  readonly captureId: string;
  readonly files: { readonly baseline: string; readonly actual: string; readonly diff: string };
  readonly area: Rect;
  readonly shownRegions: number;
}

/** Makes the pictures of the largest changes, one after the other. A picture that cannot be made is left out. */
export async function makePictures(
  report: Report,
  output: Pick<Folder, 'read'>,
  render: (request: TriptychRequest) => Promise<Triptych | undefined>,
): Promise<MadePicture[]> {
  const made: MadePicture[] = [];
  let sizeBytes = 0;
  for (const { captureId, files, area, shownRegions } of choosePictures(report)) {
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
    made.push({ captureId, bytes: picture.bytes, size: picture.size, shownRegions });
  }
  return made;
}

/** The largest changes first, as the comment lists them. */
function choosePictures(report: Report): Wish[] {
  return report.captures
    .filter(({ status }) => status === 'changed')
    .toSorted(compareBySeverity)
    .flatMap(wishFor)
    .slice(0, mostPictures);
}

function wishFor({ id, viewport, comparison, files }: CaptureReport): Wish[] {
  const { baseline, actual, diff } = files;
  if (comparison === undefined || baseline === undefined || actual === undefined || diff === undefined) {
    return [];
  }
  const { area, shown } = decideArea(comparison, viewport.scale);
  return [{ captureId: id, files: { baseline, actual, diff }, area, shownRegions: shown }];
}
