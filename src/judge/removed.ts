import type { BaselineSource } from '../baseline/source.ts';
import type { BaselineUpdate } from '../baseline/update.ts';
import type { Capture } from '../plan/capture.ts';
import { parseCaptureId } from '../plan/capture-id.ts';
import { picturePath } from '../results/output-paths.ts';
import type { Folder } from '../system/ports.ts';
import { sha256 } from '../system/sha256.ts';
import { type JudgedCapture, withFields } from './judged.ts';

/**
 * The baselines that no capture of the plan looks at any more, each copied to the output for the report, and deleted
 * from the source where the update prunes. `ids`: all that have a baseline.
 */
export async function judgeRemoved(
  captures: readonly Capture[],
  baselines: BaselineSource,
  ids: readonly string[],
  output: Folder,
  update: BaselineUpdate,
): Promise<JudgedCapture[]> {
  const planned = new Set(captures.map(({ id }) => id.toLowerCase()));
  const left = ids.filter((id) => !planned.has(id.toLowerCase()));
  const writer = update.kind !== 'none' && update.prune ? update.writer : undefined;
  await baselines.prepare?.(left);
  const judged: JudgedCapture[] = [];
  for (const id of left) {
    const one = await judgeOne(id, baselines, output);
    if (writer !== undefined) {
      await writer.remove(id);
      judged.push(withFields(one, { baselineUpdated: true }));
    } else {
      judged.push(one);
    }
  }
  return judged;
}

async function judgeOne(id: string, baselines: BaselineSource, output: Folder): Promise<JudgedCapture> {
  // An unreadable file is no less removed; it just cannot be shown.
  const bytes = (await baselines.read(id).catch(() => undefined))?.png;
  const baseline = picturePath('baseline', id);
  if (bytes !== undefined) {
    await output.write(baseline, bytes);
  }
  return {
    capture: {
      ...parseCaptureId(id),
      status: 'removed',
      unstable: false,
      attempts: 0,
      durationMs: 0,
      ...(bytes === undefined ? { files: {} } : { files: { baseline }, sha256: { baseline: sha256(bytes) } }),
    },
    about: { baselinePath: baselines.nameOf(id) },
  };
}
