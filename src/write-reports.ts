import type { ThumbnailMaker } from './compare/thumbnail.ts';
import type { Folder } from './ports.ts';
import { type ImageSource, thumbnailSize } from './report/html/pictures.ts';
import type { Report } from './report/model.ts';
import { renderReportFiles } from './report/registry.ts';

/** Writes every report file, one after the other. Without a maker of thumbnails the page of a large run shows fewer pictures. */
export async function writeReports(report: Report, output: Folder, thumbnails?: ThumbnailMaker): Promise<void> {
  for await (const { path, content } of renderReportFiles(report, picturesIn(output, thumbnails))) {
    await output.write(path, content);
  }
}

function picturesIn(output: Folder, thumbnails: ThumbnailMaker | undefined): ImageSource {
  const read = (path: string): Promise<Uint8Array | undefined> => output.read(path);
  if (thumbnails === undefined) {
    return { read };
  }
  const thumbnail = async (path: string): Promise<Uint8Array | undefined> => {
    const bytes = await read(path);
    return bytes === undefined ? undefined : thumbnails.thumbnail(bytes, thumbnailSize);
  };
  return { read, thumbnail };
}
