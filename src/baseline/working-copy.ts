import { resolve } from 'node:path';
import { defined } from '../basics/record.ts';
import { UserError } from '../errors/user-error.ts';
import { askGit, askGitAsUser } from '../git/ask-git.ts';
import { firstThatKnows, localHistory } from '../git/commit-history.ts';
import { explainGitError } from '../git/explain-git.ts';
import { branchOfRef } from '../git/ref-name.ts';
import { remoteName } from '../git/remote.ts';
import type { RunPlace } from './host.ts';

/**
 * Where a run on somebody's own machine stands: the remote and the branch of the repository around `directory`. git's
 * own credential helpers speak for that person.
 * `captured`: the captured commit, where it is not the one that is checked out.
 * @throws UserError when there is no such remote.
 */
export async function readWorkingCopy(directory: string, captured?: string): Promise<RunPlace> {
  const ask = (...args: readonly string[]): Promise<string | undefined> => askGit(directory, process.env, ...args);
  const askAsUser = (...args: readonly string[]): Promise<string | undefined> => askGitAsUser(directory, process.env, ...args);
  try {
    const url = await askAsUser('remote', 'get-url', remoteName);
    // Not --short, which adds to a name that could mean several refs.
    const branch = branchOfRef((await ask('symbolic-ref', '--quiet', 'HEAD')) ?? '');
    const commit = captured ?? (await ask('rev-parse', '--verify', '--quiet', 'HEAD'));
    const name = await askAsUser('config', 'user.name');
    const email = await askAsUser('config', 'user.email');
    if (url === undefined) {
      throw new UserError(
        `There is no git remote "${remoteName}" here, so there is nowhere to read baselines from.`,
        'Run the command in a clone of the repository, or set baseline to directory.',
        { wrongInput: true },
      );
    }
    return {
      remote: { url: isPath(url) ? resolve(directory, url) : url },
      branch: branch === undefined ? {} : { name: branch },
      commits: firstThatKnows(localHistory(directory, process.env)),
      ...defined({ commit }),
      author: { name: name ?? 'visual-capture', email: email ?? 'visual-capture@localhost' },
    };
  } catch (error) {
    throw explainGitError(error, { what: 'The repository here could not be read', permission: 'contents: read' });
  }
}

/** `host:path` and `scheme://…` are addresses; everything else is a path, which the scratch repository needs whole. */
function isPath(url: string): boolean {
  return !/^[^/]{2,}:/.test(url);
}
