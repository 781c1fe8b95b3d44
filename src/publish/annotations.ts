import { defined } from '../basics/record.ts';
import type { Annotation } from '../report/annotations.ts';
import { annotate } from './runner-commands.ts';

/** Puts annotations on the lines they name. */
export function publishAnnotations(annotations: readonly Annotation[]): void {
  for (const { level, title, message, file, line } of annotations) {
    annotate(level, message, { title, ...defined({ file, startLine: line }) });
  }
}
