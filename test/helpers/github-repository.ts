import type { GitServer } from './git-server.ts';
import type { GithubAnswer, GithubOperation } from './github-server.ts';
import { exampleOf } from './openapi.ts';

/** A pull request as a test knows it. */
export interface KnownPull {
  readonly number: number;
  readonly headSha: string;
  readonly headRef?: string;
  readonly baseRef?: string;
  readonly state?: 'open' | 'closed';
  /** The commit that merged it. */
  readonly mergedBy?: string;
}

export interface KnownRepository {
  /** May be changed between runs. */
  readonly pulls: KnownPull[];
  /** Today's names of branches, by their old ones. */
  readonly renamed?: Readonly<Record<string, string>>;
}

const missing: GithubAnswer = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' } };

/** What GitHub answers about commits and pull requests, from a real repository and a list of pull requests. */
export function repositoryOperations(git: GitServer, { pulls, renamed = {} }: KnownRepository): Record<string, GithubOperation> {
  return {
    'repos/compare-commits-with-basehead': ({ path }) => compare(git, path['basehead'] ?? ''),
    'repos/list-pull-requests-associated-with-commit': ({ path }) => ({
      status: 200,
      body: pulls
        .filter(({ headSha, mergedBy }) => headSha === path['commit_sha'] || mergedBy === path['commit_sha'])
        .map((pull) => describe('repos/list-pull-requests-associated-with-commit', pull)),
    }),
    'pulls/get': ({ path }) => {
      const pull = pulls.find(({ number }) => number === Number(path['pull_number']));
      return pull === undefined ? missing : { status: 200, body: describe('pulls/get', pull) };
    },
    'repos/get-branch': ({ path }) => {
      const name = renamed[path['branch'] ?? ''] ?? path['branch'];
      return { status: 200, body: { ...(exampleOf('repos/get-branch', 200) as object), name } };
    },
  };
}

async function compare(git: GitServer, basehead: string): Promise<GithubAnswer> {
  const [base = '', head = ''] = basehead.split('...');
  const resolve = (name: string): Promise<string | undefined> =>
    git.git('rev-parse', '--verify', '--quiet', `${name}^{commit}`).catch(() => undefined);
  const [from, to] = [await resolve(base), await resolve(head)];
  if (from === undefined || to === undefined) {
    return missing;
  }
  const count = async (range: string): Promise<number> => Number(await git.git('rev-list', '--count', range));
  const [ahead, behind] = [await count(`${from}..${to}`), await count(`${to}..${from}`)];
  const status = ahead > 0 && behind > 0 ? 'diverged' : ahead > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical';
  const example = exampleOf('repos/compare-commits-with-basehead', 200) as { commits: { commit: object }[] };
  const titles = (await git.git('log', '--format=%s', '--reverse', `${from}..${to}`)).split('\n').filter((title) => title !== '');
  const commits = titles.map((message) => ({ ...example.commits[0], commit: { ...example.commits[0]?.commit, message } }));
  return { status: 200, body: { ...example, status, ahead_by: ahead, behind_by: behind, total_commits: ahead, commits } };
}

function describe(
  operation: string,
  { number, headSha, headRef = 'feature', baseRef = 'main', state = 'open', mergedBy }: KnownPull,
): unknown {
  const example = exampleOf(operation, 200);
  const pull = (Array.isArray(example) ? example[0] : example) as { head: object; base: object };
  return {
    ...pull,
    number,
    state: mergedBy === undefined ? state : 'closed',
    merged_at: mergedBy === undefined ? null : '2026-02-03T04:05:06Z',
    merge_commit_sha: mergedBy ?? null,
    requested_teams: [],
    head: { ...pull.head, sha: headSha, ref: headRef },
    base: { ...pull.base, ref: baseRef },
  };
}
