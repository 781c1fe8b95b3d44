import { InputError } from '../../errors/problem.ts';
import { isUserError } from '../../errors/user-error.ts';
import type { AcceptAnswer } from '../../report/html/page-data.ts';
import type { Report } from '../../results/model.ts';
import type { Log } from '../../system/ports.ts';
import { stackOf } from '../../system/source-stack.ts';
import { UsageError } from '../arguments.ts';

/** Ids of the page that are none of the report's captures: nothing is looked for by them, least of all as globs. */
export function findUnknown({ captures }: Pick<Report, 'captures'>, ids: readonly string[]): string[] {
  const known = new Set(captures.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

/** What came of accepting, for the page: what a person can put right in sentences, a fault of ours in the log as well. */
export async function answerWith(accept: () => Promise<string>, log: Log): Promise<AcceptAnswer> {
  try {
    const message = await accept();
    log.info(message);
    return { kind: 'accepted', message };
  } catch (error) {
    const message = describe(error, log);
    log.warn(message);
    return { kind: 'refused', message };
  }
}

function describe(error: unknown, log: Log): string {
  if (isUserError(error)) {
    return `${error.message} ${error.fix}`;
  }
  if (error instanceof UsageError || error instanceof InputError) {
    return error.message;
  }
  log.error(stackOf(error));
  return 'This is a fault of Visual Capture itself. The terminal tells more; please report it.';
}
