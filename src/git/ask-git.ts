import { pickVariables, programVariables } from '../system/program-variables.ts';
import { isolatedEnvironment, settingsEnvironment, unattended } from './environment.ts';
import { settingsVariables } from './machine-settings.ts';
import { tryGit } from './run-git.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What a repository's own settings cannot change: its files may be anybody's. A container's job finds its workspace
 * owned by somebody else, whom git would refuse, and programs named there are not run.
 */
const overruling = [
  ['safe.directory', '*'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  ['log.showSignature', 'false'],
] as const;

/** Only what is here is asked: what a partial clone lacks is not fetched, by whatever program its settings name. */
const local = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
} as const;

/**
 * What git says of the repository around `directory`, whatever this machine's and person's settings are; undefined when
 * it knows nothing. Throws GitError without a git.
 */
export function askGit(directory: string, env: Variables, ...args: readonly string[]): Promise<string | undefined> {
  return ask(directory, isolatedEnvironment(env, programVariables), args);
}

/** The same by the person's settings, for what is a matter of theirs: their name, and what they call a server. */
export function askGitAsUser(directory: string, env: Variables, ...args: readonly string[]): Promise<string | undefined> {
  return ask(directory, { ...pickVariables(env, [...programVariables, ...settingsVariables]), ...unattended }, args);
}

async function ask(
  directory: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string | undefined> {
  const answer = await tryGit(args, { directory, env: { ...env, ...local, ...settingsEnvironment(overruling) } });
  return answer.kind === 'done' ? answer.output.toString('utf8').trim() : undefined;
}
