import type { ZipArchive } from '../archive/read-zip.ts';
import { UnreadableArchive } from '../archive/unreadable.ts';
import type { UserError } from '../errors/user-error.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import { type CaptureReport, type PictureKind, pictureKinds, type Report } from './model.ts';
import { reportPaths, takePath } from './output-paths.ts';
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
  /** The takes of a capture that differ from each other. @throws UserError in the same way. */
  takes(capture: CaptureReport): Promise<readonly Uint8Array[]>;
}

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
  const read = async (path: string, hash: string | undefined): Promise<Uint8Array> => {
    const bytes = await archive.read(path);
    if (bytes === undefined || (hash !== undefined && hash !== sha256(bytes))) {
      const what = bytes === undefined ? 'is not in it' : 'is not the picture that results.json tells the hash of';
      throw new UnreadableArchive(`${path} ${what}`);
    }
    return bytes;
  };
  return {
    report,
    picture: ({ files, sha256 }, kind) =>
      checked(async () => {
        const path = files[kind];
        return path === undefined ? undefined : read(path, sha256?.[kind]);
      }),
    takes: ({ files, sha256 }) =>
      checked(() => Promise.all((files.takes ?? []).map((path, at) => read(path, sha256?.takes?.[at])))),
  };
}

/**
 * Writes the pictures of a report to the output folder, one after the other. Those that `isShown` refuses are left out
 * of the captures that come back.
 * @throws UserError
 */
export async function copyPictures(
  { report, picture, takes }: UploadedResults,
  output: Folder,
  isShown: (bytes: Uint8Array) => Promise<boolean> = async () => true,
): Promise<CaptureReport[]> {
  const captures: CaptureReport[] = [];
  for (const capture of report.captures) {
    const files: { [Kind in PictureKind]?: string } = {};
    for (const kind of pictureKinds) {
      const path = capture.files[kind];
      const bytes = await picture(capture, kind);
      if (path !== undefined && bytes !== undefined && (await isShown(bytes))) {
        await output.write(path, bytes);
        files[kind] = path;
      }
    }
    const copied = await copyTakes(capture, await takes(capture), output, isShown);
    captures.push({ ...capture, files: { ...files, ...(copied.length === 0 ? {} : { takes: copied }) } });
  }
  return captures;
}

/** All of them or none: one without the others shows nothing. Returns their paths. */
async function copyTakes(
  { id }: CaptureReport,
  takes: readonly Uint8Array[],
  output: Folder,
  isShown: (bytes: Uint8Array) => Promise<boolean>,
): Promise<string[]> {
  for (const bytes of takes) {
    if (!(await isShown(bytes))) {
      return [];
    }
  }
  const paths: string[] = [];
  for (const bytes of takes) {
    const path = takePath(id, paths.length + 1);
    await output.write(path, bytes);
    paths.push(path);
  }
  return paths;
}
