import type { Failure } from '../errors/failure.ts';
import type { FixContext } from '../errors/fix-context.ts';
import type { CaptureReport } from '../results/model.ts';

/** A capture with its verdict, before its failure, if any, is put into words. */
export interface JudgedCapture {
  readonly capture: Omit<CaptureReport, 'error'>;
  readonly failure?: Failure;
  /** What the words of the failure may refer to. */
  readonly about: Omit<FixContext, 'run'>;
}
