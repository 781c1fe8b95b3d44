import { UserError } from '../errors/user-error.ts';

/** An artifact that is not what a check uploads, as an error for a person. `reason` is a clause about "it". */
export function refusedArtifact(name: string, reason: string, cause: unknown): UserError {
  return new UserError(
    `The artifact "${name}" is not taken: ${reason}.`,
    'Run the check again. If this is a pull request from somebody you do not know, look at what its workflow uploads.',
    { cause },
  );
}
