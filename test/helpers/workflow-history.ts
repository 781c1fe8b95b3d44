import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GithubOperation } from './github-server.ts';
import { exampleOf } from './openapi.ts';

/** A successful run of the workflow and what is left of the artifact that it was asked for. */
export interface HistoryRun {
  readonly id: number;
  readonly event?: string;
  /** Of a repository that is not this one. */
  readonly foreign?: true;
  readonly artifacts?: readonly { readonly id: number; readonly expired?: true }[];
}

export interface WorkflowHistory extends AsyncDisposable {
  /** For the server of GitHub's API. */
  readonly operations: Readonly<Record<string, GithubOperation>>;
  /** Ids of artifacts that were downloaded. */
  readonly downloaded: readonly string[];
}

/** A workflow that had these successful runs on its branch, newest first; every artifact holds the same archive. */
export async function startWorkflowHistory(runs: readonly HistoryRun[], archive: Uint8Array): Promise<WorkflowHistory> {
  const downloaded: string[] = [];
  const example = exampleOf('actions/get-workflow-run', 200) as { repository: { id: number } };
  const [artifact] = (exampleOf('actions/list-workflow-run-artifacts', 200) as { artifacts: object[] }).artifacts;
  // The example lacks a field that its own schema asks for, also in the repositories inside of it.
  const {
    source: _,
    parent: __,
    template_repository: ___,
    ...repository
  } = exampleOf('repos/get', 200) as Record<string, unknown>;
  const storage = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/zip' }).end(archive));
  storage.listen(0, '127.0.0.1');
  await once(storage, 'listening');
  const describeRun = ({ id, event = 'push', foreign }: HistoryRun) => ({
    ...example,
    id,
    event,
    html_url: `https://github.com/octo/site/actions/runs/${id}`,
    head_repository: { ...example.repository, id: foreign === true ? 999 : example.repository.id },
  });
  return {
    downloaded,
    operations: {
      'repos/get': () => ({
        status: 200,
        body: { ...repository, default_branch: 'trunk', language: null },
      }),
      'actions/get-workflow-run': () => ({ status: 200, body: { ...example, workflow_id: 77 } }),
      'actions/list-workflow-runs': ({ url: { searchParams } }) => {
        const event = searchParams.get('event');
        const found = runs.map(describeRun).filter((run) => event === null || run.event === event);
        const page = found.slice(0, Number(searchParams.get('per_page') ?? 30));
        return { status: 200, body: { total_count: found.length, workflow_runs: page } };
      },
      'actions/list-workflow-run-artifacts': ({ path, url }) => {
        const { artifacts = [] } = runs.find(({ id }) => String(id) === path['run_id']) ?? {};
        const found = artifacts.map(({ id, expired = false }) => ({
          ...artifact,
          id,
          name: url.searchParams.get('name') ?? '',
          expired,
          size_in_bytes: archive.length,
          digest: null,
        }));
        return { status: 200, body: { total_count: found.length, artifacts: found } };
      },
      'actions/download-artifact': ({ path }) => {
        downloaded.push(path['artifact_id'] ?? '');
        const { port } = storage.address() as AddressInfo;
        return { status: 302, headers: { location: `http://127.0.0.1:${port}/artifact.zip` } };
      },
    },
    [Symbol.asyncDispose]: async () => {
      storage.closeAllConnections();
      storage.close();
      await once(storage, 'close');
    },
  };
}
