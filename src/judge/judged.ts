import type { Failure } from '../errors/failure.ts';
import type { FixContext } from '../errors/fix-context.ts';
import type { CaptureFields, ComparedCapture, FailedCapture, UncomparedCapture } from '../results/model.ts';

/** A capture with its verdict. A failure is put into words later, when the whole run is known. */
export type JudgedCapture = SoundCapture | FaultyCapture;

interface SoundCapture extends Judged {
  readonly capture: ComparedCapture | UncomparedCapture;
  readonly failure?: undefined;
}

interface FaultyCapture extends Judged {
  readonly capture: Omit<FailedCapture, 'error'>;
  readonly failure: Failure;
}

interface Judged {
  /** What the words of a failure may refer to. */
  readonly about: Omit<FixContext, 'run'>;
}

/** The same with some of the fields that every capture has. */
export function withFields(judged: JudgedCapture, fields: Partial<CaptureFields>): JudgedCapture {
  return judged.failure === undefined
    ? { ...judged, capture: { ...judged.capture, ...fields } }
    : { ...judged, capture: { ...judged.capture, ...fields } };
}

/** Takes back that the picture became the baseline: it could not be saved, so the difference counts. */
export function withoutUpdate(judged: JudgedCapture): JudgedCapture {
  if (judged.failure !== undefined) {
    return judged;
  }
  const { baselineUpdated: _, ...capture } = judged.capture;
  return { ...judged, capture };
}

/** Names no pictures, where none were kept. */
export function withoutFiles(judged: JudgedCapture): JudgedCapture {
  if (judged.failure === undefined) {
    const { sha256: _, ...capture } = judged.capture;
    return { ...judged, capture: { ...capture, files: {} } };
  }
  const { sha256: _, ...capture } = judged.capture;
  return { ...judged, capture: { ...capture, files: {} } };
}
