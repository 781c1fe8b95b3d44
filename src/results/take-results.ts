import type { ZipArchive } from '../archive/read-zip.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import type { UserError } from '../errors/user-error.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import type { CaptureReport, PictureKind, Report } from './model.ts';
import { reportPaths } from './output-paths.ts';
import { parseResults } from './parse-results.ts';
import { WrongShape } from './shape.ts';

/** What another job uploaded: its report, checked, and its pictures, each checked when it is read. */
export interface UploadedResults {
  readonly report: Report;
  /**
   * One picture of a capture; undefined where the report names none.
   * @throws UserError when it is not in the artifact, or not the one that the report tells the hash of.
   */
  picture(capture: CaptureReport, kind: PictureKind): Promise<Uint8Array | undefined>;
}

const pictureKinds = Object.keys({
  actual: true,
  baseline: true,
  diff: true,
  aligned: true,
} satisfies Record<PictureKind, true>) as PictureKind[];

/**
 * Reads the artifact of a check, or the folder that it is made of. Nothing else of it is looked at: pages and summaries
 * are rendered anew from the report. `refuse` words what is wrong with it, given as a clause about "it".
 * @throws UserError when it is not what a check uploads.
 */
export async function readUploadedResults(
  archive: ZipArchive,
  refuse: (reason: string, cause: unknown) => UserError,
): Promise<UploadedResults> {
  const checked = async <T>(read: () => Promise<T>): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      const known = error instanceof UnreadableArchive || error instanceof WrongShape;
      throw known ? refuse(error.message, error) : error;
    }
  };
  const report = await checked(async () => {
    const bytes = await archive.read(reportPaths.json);
    if (bytes === undefined) {
      throw new UnreadableArchive(`it holds no ${reportPaths.json}`);
    }
    return parseResults(bytes);
  });
  return {
    report,
    picture: (capture, kind) =>
      checked(async () => {
        const path = capture.files[kind];
        const bytes = path === undefined ? undefined : await archive.read(path);
        const hash = capture.sha256?.[kind];
        if (path !== undefined && (bytes === undefined || (hash !== undefined && hash !== sha256(bytes)))) {
          const what = bytes === undefined ? 'is not in it' : 'is not the picture that results.json tells the hash of';
          throw new UnreadableArchive(`${path} ${what}`);
        }
        return bytes;
      }),
  };
}

/**
 * Writes the pictures of a report to the output folder, one after the other. Those that `isShown` refuses are left out
 * of the captures that come back.
 * @throws UserError
 */
export async function copyPictures(
  { report, picture }: UploadedResults,
  output: Folder,
  isShown: (bytes: Uint8Array) => Promise<boolean> = async () => true,
): Promise<CaptureReport[]> {
  const captures: CaptureReport[] = [];
  for (const capture of report.captures) {
    const files: Record<string, string> = {};
    for (const kind of pictureKinds) {
      const path = capture.files[kind];
      const bytes = await picture(capture, kind);
      if (path !== undefined && bytes !== undefined && (await isShown(bytes))) {
        await output.write(path, bytes);
        files[kind] = path;
      }
    }
    captures.push({ ...capture, files });
  }
  return captures;
}
