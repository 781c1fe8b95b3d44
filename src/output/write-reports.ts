import { attempt } from '../basics/attempt.ts';
import type { ThumbnailMaker } from '../compare/thumbnail.ts';
import { type ImageSource, thumbnailSize } from '../report/html/pictures.ts';
import { reportFiles } from '../report/registry.ts';
import type { Report } from '../results/model.ts';
import type { Folder } from '../system/ports.ts';
import { unlessStopped } from '../system/unless-stopped.ts';

/** Writes every report file, one after the other, also when one of them fails; then throws the first failure. Who is stopped has no time for thumbnails. */
export async function writeReports(
  report: Report,
  output: Folder,
  thumbnails: ThumbnailMaker,
  signal: AbortSignal,
): Promise<void> {
  const images = picturesIn(output, thumbnails, signal);
  const faults: unknown[] = [];
  for (const { path, render } of reportFiles) {
    const written = await attempt(async () => output.write(path, await render(report, images)));
    if (written.kind === 'failed') {
      faults.push(written.fault);
    }
  }
  if (faults.length > 0) {
    throw faults[0];
  }
}

function picturesIn(output: Folder, thumbnails: ThumbnailMaker, signal: AbortSignal): ImageSource {
  return {
    read: (path) => output.read(path),
    thumbnail: async (path) => {
      const bytes = await output.read(path);
      const shown = bytes === undefined ? undefined : unlessStopped(signal, () => thumbnails.thumbnail(bytes, thumbnailSize));
      return await shown;
    },
  };
}
