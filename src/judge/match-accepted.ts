import type { BaselineSource } from '../baseline/source.ts';
import type { Comparer } from '../compare/comparer.ts';
import type { Capture } from '../plan/capture.ts';
import type { CaptureReport, ComparedCapture } from '../results/model.ts';
import { pathsOf, picturePath } from '../results/output-paths.ts';
import type { Folder } from '../system/ports.ts';
import { maskBetween } from './masks.ts';

/** The fields of a verdict that an acceptance changes. */
type Accepted = Pick<ComparedCapture, 'status' | 'comparison' | 'files' | 'accepted'>;

/**
 * Whether the picture that was judged equals one that somebody accepted and that is no baseline yet. If so, that one
 * takes the baseline's place in the verdict; undefined: there is none.
 * @throws UserError when the output cannot be written.
 */
export async function findAccepted(
  capture: Capture,
  { files: { actual, ...rest }, masks }: Pick<CaptureReport, 'files' | 'masks'>,
  { output, baselines, comparer }: { output: Folder; baselines: BaselineSource | undefined; comparer: Comparer },
): Promise<Accepted | undefined> {
  const accepted = (await baselines?.accepted?.(capture.id)) ?? [];
  const picture = accepted.length === 0 || actual === undefined ? undefined : await output.read(actual);
  if (actual === undefined || picture === undefined) {
    return undefined;
  }
  for (const png of accepted) {
    // The comparer takes the bytes away, so it is given copies.
    const result = await comparer.compare({
      baseline: new Uint8Array(png),
      actual: new Uint8Array(picture),
      scale: capture.viewport.scale,
      settings: { ...capture.compare, mask: maskBetween(capture, masks) },
    });
    if (result.kind === 'compared' && result.status === 'unchanged' && result.shades.length === 0) {
      const baseline = picturePath('baseline', capture.id);
      for (const path of pathsOf(rest)) {
        await output.remove(path);
      }
      await output.write(baseline, png);
      return { status: 'unchanged', comparison: result.comparison, files: { actual, baseline }, accepted: true };
    }
  }
  return undefined;
}
