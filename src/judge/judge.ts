import type { Baseline, BaselineSource } from '../baseline/source.ts';
import type { CapturedImage, CaptureOutcome } from '../capture/outcome.ts';
import type { ComparePair, Comparer } from '../compare/comparer.ts';
import { compareEnvironments } from '../environment/compare.ts';
import type { Failure } from '../errors/failure.ts';
import { reasonOf } from '../errors/user-error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { optional } from '../inputs/optional.ts';
import type { Capture } from '../plan/capture.ts';
import { displayUrl } from '../plan/target-url.ts';
import type { Folder } from '../ports.ts';
import type { CaptureEnvironment, CaptureReport } from '../report/model.ts';
import { hashingFolder } from './hashing-folder.ts';
import type { JudgedCapture } from './judged.ts';

export interface JudgePorts {
  readonly output: Folder;
  readonly comparer: Comparer;
  readonly baselines: BaselineSource | undefined;
  readonly updateBaselines: Inputs['updateBaselines'];
  /** How a capture of this run is taken; absent for pictures that were there already. */
  readonly environmentOf?: (capture: Capture) => CaptureEnvironment;
}

/** What is known once the picture was looked at: the fields of the report that depend on it, and a failure to explain. */
type Verdict = Pick<CaptureReport, 'status' | 'comparison' | 'files' | 'environmentChanges' | 'baselineUpdated'> & {
  readonly failure?: Failure;
};

/**
 * Keeps the picture of a capture, compares it with its baseline and writes what belongs to the verdict.
 * @throws UserError when the output or the baselines cannot be written.
 */
export async function judgeCapture(capture: Capture, outcome: CaptureOutcome, ports: JudgePorts): Promise<JudgedCapture> {
  const output = hashingFolder(ports.output);
  const { failure, ...verdict } =
    outcome.status === 'captured'
      ? await judgeImage(capture, outcome.image, { ...ports, output })
      : { status: outcome.status, files: {}, failure: outcome.failure };
  const { page, settings, source } = capture;
  return {
    capture: {
      id: capture.id,
      name: capture.name,
      viewport: capture.viewport,
      ...(page.kind === 'url' ? { url: displayUrl(page.url) } : {}),
      ...(source === undefined ? {} : { source }),
      unstable: false,
      attempts: outcome.attempts,
      durationMs: Math.round(outcome.durationMs),
      timeline: outcome.timeline,
      ...(outcome.status === 'captured'
        ? {
            size: outcome.image.size,
            sha256: output.hashesOf(verdict.files),
            ...optional('environment', ports.environmentOf?.(capture)),
          }
        : {}),
      ...verdict,
    },
    ...(failure === undefined ? {} : { failure }),
    about: {
      ...(page.kind === 'url' ? { url: displayUrl(page.url) } : {}),
      ...(settings.selector === undefined ? {} : { selector: settings.selector }),
      ...(settings.waitUntil === undefined ? {} : { waitUntil: settings.waitUntil }),
      ...(source === undefined ? {} : { place: `${source.file}:${source.line}` }),
      ...(ports.baselines === undefined ? {} : { baselinePath: ports.baselines.nameOf(capture.id) }),
      attempts: outcome.attempts,
    },
  };
}

async function judgeImage(capture: Capture, image: CapturedImage, ports: JudgePorts): Promise<Verdict> {
  const { output, baselines } = ports;
  const actual = `actual/${capture.id}.${image.format === 'png' ? 'png' : 'jpg'}`;
  await output.write(actual, image.bytes);
  if (image.format === 'jpeg' || baselines === undefined) {
    return { status: 'captured', files: { actual } };
  }
  const baseline = await readBaseline(baselines, capture.id);
  if (baseline.kind === 'unreadable') {
    return replaceUnreadable(capture, actual, image.bytes, baseline.failure, ports);
  }
  if (baseline.kind === 'none') {
    const updated = ports.updateBaselines !== 'none';
    if (updated) {
      await takeAsBaseline(capture, image.bytes, ports);
    }
    return { status: 'added', files: { actual }, ...(updated ? { baselineUpdated: true } : {}) };
  }
  return compareWithBaseline(capture, actual, image.bytes, baseline.baseline, ports, baselines);
}

async function compareWithBaseline(
  capture: Capture,
  actual: string,
  actualBytes: Uint8Array,
  { png: baselineBytes, environment: baselineEnvironment }: Baseline,
  ports: JudgePorts,
  baselines: BaselineSource,
): Promise<Verdict> {
  const { output, comparer } = ports;
  // The comparer takes the bytes away, so it is given copies, made when their turn comes (a Buffer's slice is no copy).
  const pair = async (): Promise<ComparePair> => ({
    baseline: new Uint8Array(baselineBytes),
    actual: new Uint8Array(actualBytes),
    scale: capture.viewport.scale,
    settings: capture.compare,
  });
  const result = await comparer.compare(pair);
  if (result.kind === 'unreadable') {
    return result.which === 'baseline'
      ? replaceUnreadable(
          capture,
          actual,
          actualBytes,
          { code: 'baseline_unreadable', detail: `${baselines.nameOf(capture.id)}: ${result.reason}` },
          ports,
        )
      : {
          status: 'failed',
          files: { actual },
          failure: { code: 'unexpected_response', detail: `the picture cannot be compared: ${result.reason}` },
        };
  }
  const baseline = `baseline/${capture.id}.png`;
  await output.write(baseline, baselineBytes);
  const diff = `diff/${capture.id}.png`;
  if (result.diff !== undefined) {
    await output.write(diff, result.diff);
  }
  const environment = ports.environmentOf?.(capture);
  const environmentChanges =
    baselineEnvironment === undefined || environment === undefined ? [] : compareEnvironments(baselineEnvironment, environment);
  const updated = ports.updateBaselines === 'all' && (result.comparison.diffPixels > 0 || environmentChanges.length > 0);
  if (updated) {
    await takeAsBaseline(capture, actualBytes, ports);
  }
  return {
    status: result.status,
    comparison: result.comparison,
    files: { actual, baseline, ...(result.diff === undefined ? {} : { diff }) },
    ...(environmentChanges.length === 0 ? {} : { environmentChanges }),
    ...(updated ? { baselineUpdated: true } : {}),
  };
}

/** Makes the picture of a capture its baseline. */
async function takeAsBaseline(capture: Capture, png: Uint8Array, { baselines, environmentOf }: JudgePorts): Promise<void> {
  await baselines?.write(capture.id, { png, ...optional('environment', environmentOf?.(capture)) });
}

type BaselineRead = { kind: 'none' } | { kind: 'there'; baseline: Baseline } | { kind: 'unreadable'; failure: Failure };

async function readBaseline(baselines: BaselineSource, id: string): Promise<BaselineRead> {
  try {
    const baseline = await baselines.read(id);
    return baseline === undefined ? { kind: 'none' } : { kind: 'there', baseline };
  } catch (error) {
    return {
      kind: 'unreadable',
      failure: { code: 'baseline_unreadable', detail: `${baselines.nameOf(id)}: ${reasonOf(error)}` },
    };
  }
}

/** A broken baseline fails the capture, unless the run was asked to take all baselines anew. */
async function replaceUnreadable(
  capture: Capture,
  actual: string,
  png: Uint8Array,
  failure: Failure,
  ports: JudgePorts,
): Promise<Verdict> {
  if (ports.updateBaselines !== 'all') {
    return { status: 'failed', files: { actual }, failure };
  }
  await takeAsBaseline(capture, png, ports);
  return { status: 'added', files: { actual }, baselineUpdated: true };
}
