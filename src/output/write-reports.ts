import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import { type ImageSource, thumbnailSize } from '../report/html/pictures.ts';
import { renderReportFiles } from '../report/registry.ts';
import type { Report } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';

/** Writes every report file, one after the other. */
export async function writeReports(report: Report, output: Folder, thumbnails: ThumbnailMaker): Promise<void> {
  for await (const { path, content } of renderReportFiles(report, picturesIn(output, thumbnails))) {
    await output.write(path, content);
  }
}

function picturesIn(output: Folder, thumbnails: ThumbnailMaker): ImageSource {
  return {
    read: (path) => output.read(path),
    thumbnail: async (path) => {
      const bytes = await output.read(path);
      return bytes === undefined ? undefined : thumbnails.thumbnail(bytes, thumbnailSize);
    },
  };
}
