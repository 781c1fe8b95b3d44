import * as core from '@actions/core';
import { defined } from '../basics/record.ts';
import type { Annotation } from '../report/annotations.ts';

/** Puts annotations on the lines they name; @actions/core escapes the texts for the workflow command. */
export function publishAnnotations(annotations: readonly Annotation[]): void {
  for (const { level, title, message, file, line } of annotations) {
    const properties = { title, ...defined({ file, startLine: line }) };
    switch (level) {
      case 'error':
        core.error(message, properties);
        break;
      case 'warning':
        core.warning(message, properties);
        break;
      default:
        level satisfies never;
    }
  }
}
