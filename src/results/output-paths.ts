import { type PictureKind, pictureKinds } from './model.ts';

/** Where each report file lies below the output folder, in the order they are written: what others read comes first. */
export const reportPaths = { json: 'results.json', junit: 'junit.xml', html: 'report.html' } as const;

/** The folders below `output` that a run writes pictures to, one for each kind, and clears of its own before the next one. */
export const pictureFolders: readonly string[] = pictureKinds;

/** Where a picture of a capture lies below the output folder, e.g. `actual/pricing/1280x800.png`. */
export function picturePath(kind: PictureKind, id: string, format: 'png' | 'jpeg' = 'png'): string {
  return `${kind}/${id}.${format === 'png' ? 'png' : 'jpg'}`;
}
