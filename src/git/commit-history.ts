import { askGit } from './ask-git.ts';

/** The order of a repository's commits. */
export interface CommitHistory {
  /** Whether `older` is an ancestor of `newer`, or `newer` itself; undefined: nobody can tell. */
  isAncestor(older: string, newer: string): Promise<boolean | undefined>;
}

/** The order of commits in the clone around `directory`. A shallow one only knows that a commit is an ancestor, never that it is none. */
export function localHistory(directory: string, env: Readonly<Record<string, string | undefined>>): CommitHistory {
  const ask = (...args: readonly string[]): Promise<string | undefined> => askGit(directory, env, ...args).catch(() => undefined);
  const knows = async (commit: string): Promise<boolean> => (await ask('cat-file', '-t', commit)) === 'commit';
  return {
    isAncestor: async (older, newer) => {
      if (!(await knows(older)) || !(await knows(newer))) {
        return undefined;
      }
      if ((await ask('merge-base', '--is-ancestor', older, newer)) !== undefined) {
        return true;
      }
      return (await ask('rev-parse', '--is-shallow-repository')) === 'false' ? false : undefined;
    },
  };
}

/** Asks one after the other until one can tell; a commit is its own ancestor without being asked about. */
export function firstThatKnows(...histories: readonly CommitHistory[]): CommitHistory {
  return {
    isAncestor: async (older, newer) => {
      if (older === newer) {
        return true;
      }
      if (!isCommitId(older) || !isCommitId(newer)) {
        return undefined;
      }
      for (const history of histories) {
        const answer = await history.isAncestor(older, newer);
        if (answer !== undefined) {
          return answer;
        }
      }
      return undefined;
    },
  };
}

/** What comes from outside must not be read as an option or an expression. */
function isCommitId(text: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}
