import { UserError } from '../errors/user-error.ts';
import { GitError } from './git-error.ts';

export interface GitPurpose {
  /** What could not be done, e.g. `The baselines could not be fetched from refs/…`. */
  readonly what: string;
  /** The permission of the job that is needed for it. */
  readonly permission: 'contents: read' | 'contents: write';
}

/** Turns an error of git into one for a person; anything else comes back as it is. */
export function explainGitError(error: unknown, { what, permission }: GitPurpose): unknown {
  if (!(error instanceof GitError)) {
    return error;
  }
  return new UserError(`${what}: ${error.message}`, fixFor(error, permission), { cause: error });
}

function fixFor({ fault }: GitError, permission: GitPurpose['permission']): string {
  switch (fault) {
    case 'missing-git':
      return 'Install git 2.32 or newer on this machine or in the container of the job.';
    case 'network':
      return 'Run the job again. If it stays so, check that this machine reaches the git server.';
    case 'unauthorized':
      return `Give the step a token: github-token: \${{ github.token }} in a workflow, with the permission ${permission}; elsewhere, a credential helper of git.`;
    case 'forbidden':
      return permission === 'contents: write'
        ? 'Give the job the permission contents: write. Runs of pull requests from forks never have it.'
        : 'Give the job the permission contents: read, and check that the repository exists.';
    case 'other':
      return 'Look at what git said. If it is not clear, please report it.';
  }
}
