import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startArtifactServer } from '../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, put, runStep } from '../../helpers/bundle.ts';
import { deploymentOperations } from '../../helpers/deployments.ts';
import { eventEnvironment, exampleEvent } from '../../helpers/events.ts';
import { type GitServer, startGitServer } from '../../helpers/git-server.ts';
import { type KnownPull, repositoryOperations } from '../../helpers/github-repository.ts';
import { type GithubServer, startGithubServer } from '../../helpers/github-server.ts';
import { browserPath } from '../../helpers/test-browser.ts';

export interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly visual: { readonly steps: readonly Step[] } };
}

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface GivenDays {
  /** The text of visual-capture.yml; absent: there is none. */
  readonly config?: string;
  /** That of the workflow. */
  readonly workflow: string;
  /** Where the site is served, whatever is checked out. */
  readonly siteUrl: string;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A repository that has taken over two files from the documentation. */
export interface FirstDays extends AsyncDisposable {
  readonly git: GitServer;
  readonly github: GithubServer;
  /** The run of a new commit of pull request 7. */
  pull(): Promise<FinishedStep>;
  /** The run of a new commit of main. */
  push(): Promise<FinishedStep>;
}

const token = 'ghs_test';
const repository = { full_name: 'octo/site', default_branch: 'main' };

/** Vercel deploys every commit at once, and tells GitHub of it. */
export async function openFirstDays({ config, workflow, siteUrl, secrets = {} }: GivenDays): Promise<FirstDays> {
  const stack = new AsyncDisposableStack();
  const git = stack.use(await startGitServer({ token }));
  const workspace = stack.use(await createWorkspace());
  const pulls: KnownPull[] = [];
  const deployed: { readonly sha: string; readonly production: boolean }[] = [];
  const world = () => ({
    deployments: deployed.map(({ sha, production }) => ({
      sha,
      production,
      environment: production ? 'Production' : 'Preview',
      creator: 'vercel[bot]',
      statuses: [{ state: 'success' as const, environment_url: siteUrl }],
    })),
  });
  const operations = {
    ...repositoryOperations(git, { pulls }),
    ...deploymentOperations(world),
    // The job has no permission for it.
    'actions/get-workflow-run': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
  };
  const github = stack.use(await startGithubServer({ token, operations }));
  if (config !== undefined) {
    await put(workspace, 'visual-capture.yml', config);
  }

  const run = async (event: string, payload: object, sha: string, ref: string): Promise<FinishedStep> => {
    await using artifacts = await startArtifactServer();
    // Each job starts with what is checked out.
    await rm(join(workspace.path, 'visual-capture'), { recursive: true, force: true });
    return await runStep({
      entry: actionSource,
      workspace,
      inputs: { ...readStepInputs(workflow, secrets), 'browser-path': browserPath, 'github-token': token },
      env: {
        ...artifacts.env,
        GITHUB_API_URL: github.apiUrl,
        // Of a name that the artifact client does not take for GitHub Enterprise Server.
        GITHUB_SERVER_URL: git.origin.replace('127.0.0.1', 'git.localhost'),
        NODE_OPTIONS: `--import=${new URL('../../helpers/resolve-localhost.js', import.meta.url)}`,
        GITHUB_SHA: sha,
        GITHUB_REF: ref,
        ...(await eventEnvironment(workspace.path, event, payload)),
      },
    });
  };
  const commit = async (ref: string): Promise<string> => {
    const sha = await git.commit(ref, { [`${Math.random()}.txt`]: 'x' });
    deployed.push({ sha, production: ref === 'refs/heads/main' });
    return sha;
  };
  const mainCommit = await commit('refs/heads/main');
  await git.git('update-ref', 'refs/heads/feature', mainCommit);
  return {
    git,
    github,
    pull: async () => {
      await git.git('update-ref', 'refs/heads/feature', 'refs/heads/main');
      const headSha = await commit('refs/heads/feature');
      pulls.splice(0, pulls.length, { number: 7, headSha });
      const side = { repo: { full_name: 'octo/site', fork: false } };
      const change = {
        pull_request: { number: 7, head: { ...side, sha: headSha }, base: { ...side, ref: 'main' } },
        repository,
      };
      // Nothing happened on main since, so the merge that is checked out shows what the head does.
      return run('pull_request', exampleEvent('pull_request', { action: 'synchronize', change }), headSha, 'refs/pull/7/merge');
    },
    push: async () => {
      const sha = await commit('refs/heads/main');
      const change = { ref: 'refs/heads/main', repository, commits: [{ id: sha }] };
      return run('push', exampleEvent('push', { change }), sha, 'refs/heads/main');
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** What the runner hands to the step: expressions are replaced by what the repository knows. */
function readStepInputs(workflow: string, secrets: Readonly<Record<string, string>>): Record<string, string> {
  const { jobs }: Workflow = parse(workflow);
  const inputs = jobs.visual.steps.at(-1)?.with ?? {};
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{\{ secrets\.(\w+) \}\}/g, (_, secret: string) => secrets[secret] ?? ''),
    ]),
  );
}
