import { UserError } from '../../errors/user-error.ts';
import { LfsError } from './lfs-error.ts';

/**
 * Turns an error of Git LFS into one for a person; anything else comes back as it is.
 * @param byHand the way to do it with git itself, as a sentence.
 */
export function explainLfsError(error: unknown, { what, byHand }: { what: string; byHand: string }): unknown {
  return error instanceof LfsError ? new UserError(`${what}: ${error.message}.`, fixFor(error, byHand), { cause: error }) : error;
}

function fixFor({ fault }: LfsError, byHand: string): string {
  switch (fault) {
    case 'unsupported':
      return byHand;
    case 'forbidden':
      return 'Give the job the permission contents: write, and check that the repository may use Git LFS.';
    case 'network':
      return 'Ask again. If it stays so, check that this machine reaches that server.';
    case 'refused':
      return 'Do what the server asks for, then ask again.';
  }
}
