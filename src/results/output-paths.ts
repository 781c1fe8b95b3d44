import { type PerFile, type PictureKind, pictureKinds } from './model.ts';

/** Where each report file lies below the output folder, in the order they are written: what others read comes first. */
export const reportPaths = { json: 'results.json', junit: 'junit.xml', html: 'report.html' } as const;

/** The folders below `output` that a run writes pictures to, and clears of its own before the next one. */
export const pictureFolders: readonly string[] = [...pictureKinds, 'takes'];

/** Where a picture of a capture lies below the output folder, e.g. `actual/pricing/1280x800.png`. */
export function picturePath(kind: PictureKind, id: string, format: 'png' | 'jpeg' = 'png'): string {
  return `${kind}/${id}.${format === 'png' ? 'png' : 'jpg'}`;
}

/** Where a take lies that differs from others of its capture, e.g. `takes/pricing/1280x800/1.png`; they count from 1. */
export function takePath(id: string, number: number): string {
  return `takes/${id}/${number}.png`;
}

/** Every file of a capture. */
export function pathsOf(files: PerFile): string[] {
  return Object.values(files).flat();
}
