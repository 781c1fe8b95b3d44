import { tryGit } from './run-git.ts';

/** What git says of the repository around `directory`; undefined when it knows nothing. Throws GitError without a git. */
export async function askGit(
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
): Promise<string | undefined> {
  const known = Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const answer = await tryGit(args, { directory, env: known });
  return answer.kind === 'done' ? answer.output.toString('utf8').trim() : undefined;
}
