import { createWorkspace, type FinishedStep, runStep, type Workspace } from '../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { answers, type FakeService, startFakeService } from '../../helpers/fake-service.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { type KnownPull, repositoryOperations } from '../../helpers/github-repository.ts';
import { type GithubOperation, type GithubServer, startGithubServer } from '../../helpers/github-server.ts';
import { solidPng } from '../../helpers/solid-png.ts';

export const token = 'ghs_test';

/** Pictures of a page, by the colour that it has. */
const colours = { red: [255, 0, 0], blue: [0, 0, 255], green: [0, 128, 0], grey: [128, 128, 128] } as const;
export type Colour = keyof typeof colours;

/** A repository with pull requests and previews, in which the built action runs. */
export interface Story extends AsyncDisposable {
  readonly git: GitServer;
  readonly github: GithubServer;
  readonly service: FakeService;
  readonly workspace: Workspace;
  readonly pulls: KnownPull[];
  /** The colours that the pages have from now on, by path. */
  show(pages: Readonly<Record<string, Colour>>): void;
  /** Makes a commit on a branch, which starts where `from` is. */
  commit(branch: string, from?: string): Promise<string>;
  /** A push to a branch that keeps its baselines. */
  push(branch: string, sha: string, inputs?: Record<string, string>): Promise<FinishedStep>;
  /** The run of a pull request. */
  pull(number: number, inputs?: Record<string, string>): Promise<FinishedStep>;
  /** Any run. */
  run(given: {
    event: string;
    payload: object;
    sha: string;
    ref?: string;
    inputs?: Record<string, string>;
  }): Promise<FinishedStep>;
}

/** A token that may not read workflow runs, as most checks have it. */
const withoutActions: Readonly<Record<string, GithubOperation>> = {
  'actions/get-workflow-run': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
};

let runId = 1000;

export async function openStory(
  paths: readonly string[],
  given: { readonly renamed?: Record<string, string>; readonly operations?: Record<string, GithubOperation> } = {},
): Promise<Story> {
  const stack = new AsyncDisposableStack();
  const git = stack.use(await startGitServer({ token }));
  const pulls: KnownPull[] = [];
  let pages: Readonly<Record<string, Colour>> = {};
  const known = repositoryOperations(git, { pulls, ...(given.renamed === undefined ? {} : { renamed: given.renamed }) });
  const github = stack.use(await startGithubServer({ token, operations: { ...known, ...withoutActions, ...given.operations } }));
  const script = (request: { body?: Record<string, unknown> | undefined }) =>
    answers.picture(solidPng(4, 4, [...colours[pages[new URL(String(request.body?.['url'])).pathname] ?? 'grey']]));
  const service = stack.use(await startFakeService({ script: script as never }));
  const workspace = stack.use(await createWorkspace());

  const run: Story['run'] = async ({ event, payload, sha, ref, inputs = {} }) => {
    runId += 1;
    return runStep({
      workspace,
      inputs: {
        'base-url': 'https://preview.example.com',
        urls: paths.join('\n'),
        'api-key': 'sk_live_test',
        'api-url': service.url,
        viewports: '4x4',
        'page-check': 'off',
        retakes: '0',
        'baseline-takes': '1',
        'upload-artifact': 'false',
        baseline: 'ref',
        'github-token': token,
        ...inputs,
      },
      env: {
        GITHUB_API_URL: github.apiUrl,
        GITHUB_SERVER_URL: git.origin,
        GITHUB_RUN_ID: String(runId),
        GITHUB_SHA: sha,
        ...(ref === undefined ? {} : { GITHUB_REF: ref }),
        ...(await eventEnvironment(workspace.path, event, payload)),
      },
    });
  };
  const repository = { full_name: 'octo/site', default_branch: 'main' };
  return {
    git,
    github,
    service,
    workspace,
    pulls,
    show: (shown) => {
      pages = { ...pages, ...shown };
    },
    commit: async (branch, from) => {
      const ref = `refs/heads/${branch}`;
      if (from !== undefined) {
        await git.git('update-ref', ref, from);
      }
      return git.commit(ref, { [`${branch}-${Math.random()}.txt`]: 'x' });
    },
    push: (branch, sha, inputs = {}) =>
      run({
        event: 'push',
        payload: exampleEvent('push', { change: { ref: `refs/heads/${branch}`, repository, commits: [{ id: sha }] } }),
        sha,
        ref: `refs/heads/${branch}`,
        inputs: { 'update-baselines': 'true', ...inputs },
      }),
    pull: (number, inputs = {}) => {
      const { headSha, baseRef = 'main' } = pulls.find((pull) => pull.number === number)!;
      const side = { repo: { full_name: 'octo/site' } };
      const change = { pull_request: { number, head: { ...side, sha: headSha }, base: { ...side, ref: baseRef } }, repository };
      const payload = exampleEvent('pull_request', { action: 'synchronize', change });
      return run({ event: 'pull_request', payload, sha: 'f'.repeat(40), ref: `refs/pull/${number}/merge`, inputs });
    },
    run,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export const statusesOf = ({ report }: FinishedStep): Record<string, string> =>
  Object.fromEntries((report?.captures ?? []).map(({ id, status }) => [id, status]));
