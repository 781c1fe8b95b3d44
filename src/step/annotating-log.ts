import type { AnnotationLevel } from '../report/annotations.ts';
import type { Log } from '../system/ports.ts';

/** GitHub keeps ten warnings of a step. Those of the log come first, and must leave room for what the report says. */
const mostWarnings = 4;

export interface AnnotatingLog {
  readonly log: Log;
  /** How many annotations of each level it has made so far. */
  readonly annotated: { readonly [Level in AnnotationLevel]: number };
}

/** A log whose warnings and errors become annotations; further warnings than leave room for others are lines of the log alone. */
export function countAnnotations(log: Log): AnnotatingLog {
  const annotated = { error: 0, warning: 0 };
  return {
    annotated,
    log: {
      ...log,
      warn: (message) => {
        if (annotated.warning < mostWarnings) {
          annotated.warning += 1;
          log.warn(message);
        } else {
          log.info(`Warning: ${message}`);
        }
      },
      error: (message) => {
        annotated.error += 1;
        log.error(message);
      },
    },
  };
}
