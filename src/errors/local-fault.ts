import { reasonOf, systemCodeOf, UserError } from './user-error.ts';

/**
 * This machine lacks what the work needs, so nothing is known of what was worked on: the run ends, and neither a picture nor
 * a service is blamed.
 */
export class LocalFault extends UserError {}

/** What the system says when it has no more of something to give, and what to do. */
const fixes: Readonly<Record<string, string>> = {
  EMFILE: 'Raise the number of files that a process may have open (ulimit -n), or do less at a time (concurrency).',
  ENFILE: 'End other programs on this machine: the system has no more files to open.',
  ENOMEM: 'Free memory on this machine, or do less at a time (concurrency).',
};

/** The error as a local fault, where it is one. `doing` completes "Cannot …". */
export function findLocalFault(error: unknown, doing: string): LocalFault | undefined {
  const fix = fixes[systemCodeOf(error)];
  return fix === undefined ? undefined : new LocalFault(`Cannot ${doing}: ${reasonOf(error)}`, fix, { cause: error });
}
