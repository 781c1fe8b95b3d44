import type { DeploymentPlace } from '../check/find-preview.ts';
import { askGitAsUser } from '../git/ask-git.ts';
import { connectReader } from '../github/reader.ts';
import { usualApiUrl } from '../github/repository.ts';
import type { Terminal } from './command.ts';

/** Where a person's run looks for the deployments of a commit: the repository on GitHub that was cloned here, with their token. */
export async function deploymentPlaceHere(
  { env, directory }: Pick<Terminal, 'env' | 'directory'>,
  commit: string | undefined,
): Promise<DeploymentPlace> {
  const remote = parseRemote((await askGitAsUser(directory, env, 'remote', 'get-url', 'origin').catch(() => undefined)) ?? '');
  const token = env['GITHUB_TOKEN'] ?? env['GH_TOKEN'];
  const repository = parseRepository(env['GITHUB_REPOSITORY'] ?? remote?.repository);
  // A token is for one server: it goes to no other that some remote names.
  const apiUrl = env['GITHUB_API_URL'] ?? (remote === undefined || remote.host === 'github.com' ? usualApiUrl : undefined);
  if (!token || repository === undefined || apiUrl === undefined || commit === undefined) {
    return { kind: 'wrong-input', problem: renderLacking({ token, repository, apiUrl, commit }, remote?.host) };
  }
  const serverUrl = env['GITHUB_SERVER_URL'] ?? `https://${remote?.host ?? 'github.com'}`;
  return {
    kind: 'known',
    at: { repository, commit, runUrl: undefined, serverUrl },
    connect: async (clock, signal) => connectReader(token, apiUrl.replace(/\/$/, ''), clock, signal),
  };
}

/** What to set, of what is not there. */
function renderLacking(
  given: Readonly<Record<'token' | 'repository' | 'apiUrl' | 'commit', unknown>>,
  host: string | undefined,
): string {
  const remedies = {
    token: 'GITHUB_TOKEN, for example to $(gh auth token)',
    repository: 'GITHUB_REPOSITORY to OWNER/NAME, since the git remote "origin" here names none',
    apiUrl: `GITHUB_API_URL to the address of the API of ${host}`,
    commit: '--commit, since there is no git repository here that tells it',
  };
  const lacking = Object.entries(remedies).flatMap(([name, remedy]) => (given[name as keyof typeof remedies] ? [] : [remedy]));
  return `deployment is looked for on GitHub, and something is missing for that. Set ${lacking.join('; ')}. Or give the address of a preview with --base-url`;
}

function parseRepository(written: string | undefined): { readonly owner: string; readonly name: string } | undefined {
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(written ?? '') ?? [];
  return owner === undefined || name === undefined ? undefined : { owner, name };
}

/** Host and repository of `https://host/owner/name.git`, `ssh://git@host/owner/name` or `git@host:owner/name.git`. */
function parseRemote(url: string): { readonly host: string; readonly repository: string } | undefined {
  const [, host, repository] =
    /^(?:(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/|(?:[^@/]+@)?([^/:]{2,}):)([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/
      .exec(url)
      ?.filter((part) => part !== undefined) ?? [];
  return host === undefined || repository === undefined ? undefined : { host, repository };
}
