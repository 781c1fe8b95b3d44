import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startArtifactServer } from '../../../helpers/artifact-server.ts';
import { actionSource, createWorkspace, type FinishedStep, runStep } from '../../../helpers/bundle.ts';
import { eventEnvironment, exampleEvent } from '../../../helpers/events.ts';
import { startGitServer } from '../../../helpers/git-server.ts';
import { type GithubOperation, type GithubRequest, startGithubServer } from '../../../helpers/github-server.ts';
import { exampleOf } from '../../../helpers/openapi.ts';

export const commit = 'a'.repeat(40);
/** The end of the untrusted run of a fork's pull request. */
export const event = (change: object = {}): object =>
  exampleEvent('workflow_run', {
    action: 'completed',
    change: {
      workflow_run: {
        id: 30433642,
        run_attempt: 1,
        event: 'pull_request',
        head_sha: commit,
        head_branch: 'patch-1',
        html_url: 'https://github.com/octo/site/actions/runs/30433642',
        head_repository: { id: 999, full_name: 'stranger/site', owner: { login: 'stranger' } },
        pull_requests: [],
        ...change,
      },
    },
  });

export interface Published extends FinishedStep {
  readonly requests: readonly GithubRequest[];
  readonly comment: string | undefined;
  readonly files: readonly string[];
  readonly uploads: readonly string[];
  readonly pictureRefs: string;
  readonly page: string;
}

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string; readonly repo: object };
}

export interface World {
  readonly zip: Uint8Array;
  readonly pulls?: readonly Pull[];
  readonly payload?: object;
  readonly artifactName?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

export const openPull = { number: 7, head: { sha: commit, repo: { id: 999, full_name: 'stranger/site' } } };

function operationsOf(
  { zip, pulls = [openPull], artifactName = 'visual-capture' }: World,
  download: string,
): Record<string, GithubOperation> {
  const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
  const stored = { ...artifact, id: 11, name: artifactName, size_in_bytes: zip.length, expired: false, digest: null };
  const [pull] = exampleOf('pulls/list', 200) as { head: { repo: object } }[];
  const described = pulls.map(({ head, number }) => ({
    ...pull,
    number,
    requested_teams: [],
    head: { ...pull?.head, sha: head.sha, repo: { ...pull?.head.repo, ...head.repo } },
  }));
  return {
    'actions/list-workflow-run-artifacts': () => ({ status: 200, body: { total_count: 1, artifacts: [stored] } }),
    'actions/download-artifact': () => ({ status: 302, headers: { location: download } }),
    'pulls/list': () => ({ status: 200, body: described }),
  };
}

/** Runs `mode: publish` as the runner does, with the artifact that the untrusted run uploaded. */
export async function publish(world: World): Promise<Published> {
  await using workspace = await createWorkspace();
  await using artifacts = await startArtifactServer();
  await using git = await startGitServer({ token: 'ghs_test' });
  await using theirs = await startArtifactServer();
  const { id } = theirs.put('visual-capture', world.zip);
  await using github = await startGithubServer({ operations: operationsOf(world, theirs.signedUrl(id)) });
  const step = await runStep({
    entry: actionSource,
    workspace,
    inputs: { mode: 'publish', 'github-token': 'ghs_test', ...world.inputs },
    env: {
      ...artifacts.env,
      ...(await eventEnvironment(workspace.path, 'workflow_run', world.payload ?? event())),
      GITHUB_API_URL: github.apiUrl,
      GITHUB_SERVER_URL: git.origin.replace('127.0.0.1', 'git.localhost'),
    },
  });
  expect(github.wrong).toEqual([]);
  expect(step.stdout.replaceAll('::add-mask::ghs_test', '')).not.toContain('ghs_test');
  return {
    ...step,
    requests: github.requests,
    comment: github.comments[0]?.body,
    files: (await readdir(workspace.path, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(workspace.path.length + 1))
      .filter((path) => !path.startsWith('.github-'))
      .toSorted(),
    uploads: artifacts.stored.map(({ name }) => name),
    pictureRefs: await git.git('for-each-ref', '--format=%(refname)'),
    page: await readFile(join(workspace.path, 'visual-capture/report.html'), 'utf8').catch(() => ''),
  };
}
