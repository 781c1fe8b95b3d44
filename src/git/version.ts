import { GitError } from './git-error.ts';

/** The first git that can be kept from the settings of its machine (GIT_CONFIG_GLOBAL). */
const [oldestMajor, oldestMinor] = [2, 32];

/**
 * Checks what `git --version` says, e.g. `git version 2.39.5 (Apple Git-154)`. One that is not understood is let pass.
 * @throws GitError `missing-git` when it is too old.
 */
export function checkGitVersion(output: string): void {
  const found = /(\d+)\.(\d+)(\.\d+)*/.exec(output);
  const [version = '', major = '', minor = ''] = found ?? [];
  const old = Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor);
  if (found !== null && old) {
    throw new GitError('missing-git', `git ${version} is too old: ${oldestMajor}.${oldestMinor} or newer is needed`);
  }
}
