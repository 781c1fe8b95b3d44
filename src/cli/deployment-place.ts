import type { DeploymentPlace } from '../check/find-preview.ts';
import { askGitAsUser } from '../git/ask-git.ts';
import { connectReader } from '../github/reader.ts';
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
    const lacking = [
      ...(token ? [] : ['GITHUB_TOKEN, for example to $(gh auth token)']),
      ...(repository === undefined ? ['GITHUB_REPOSITORY to OWNER/NAME, since the git remote "origin" here names none'] : []),
      ...(apiUrl === undefined ? [`GITHUB_API_URL to the address of the API of ${remote?.host}`] : []),
      ...(commit === undefined ? ['--commit, since there is no git repository here that tells it'] : []),
    ];
    const problem = `deployment is looked for on GitHub, and something is missing for that. Set ${lacking.join('; ')}. Or give the address of a preview with --base-url`;
    return { kind: 'wrong-input', problem };
  }
  const serverUrl = env['GITHUB_SERVER_URL'] ?? `https://${remote?.host ?? 'github.com'}`;
  return {
    kind: 'known',
    at: { repository, commit, runUrl: undefined, serverUrl },
    connect: (clock, signal) => connectReader(token, apiUrl.replace(/\/$/, ''), clock, signal),
  };
}

const usualApiUrl = 'https://api.github.com';

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
