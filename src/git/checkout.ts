import { askGit } from './ask-git.ts';

/** The commit that is checked out in the workspace. */
export interface Checkout {
  readonly commit: string;
  readonly parents: readonly string[];
}

/** Reads it with git; undefined where there is no repository or no git. */
export async function readCheckout(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Checkout | undefined> {
  // A shallow clone lacks the parents, but the commit itself names them.
  const object = await askGit(directory, env, 'cat-file', '-p', 'HEAD').catch(() => undefined);
  const commit = object === undefined ? undefined : await askGit(directory, env, 'rev-parse', 'HEAD').catch(() => undefined);
  return object === undefined || commit === undefined
    ? undefined
    : { commit, parents: [...(object.split('\n\n')[0]?.matchAll(/^parent (\S+)$/gm) ?? [])].map(([, id = '']) => id) };
}
