import { defined } from '../basics/record.ts';
import type { GithubApi } from './api.ts';
import type { StoredArtifact } from './artifacts.ts';
import type { Repository } from './repository.ts';

export type FoundArtifact =
  | { readonly kind: 'found'; readonly artifact: StoredArtifact }
  | { readonly kind: 'expired' }
  | { readonly kind: 'none' };

/** The newest artifact of that name of a run that can still be had. Throws what the API throws. */
export async function findArtifact(
  api: GithubApi,
  { owner, name: repo }: Repository,
  runId: number,
  name: string,
): Promise<FoundArtifact> {
  const { data } = await api.rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id: runId, name });
  const newest = data.artifacts.filter(({ expired }) => !expired).toSorted((one, other) => other.id - one.id)[0];
  if (newest === undefined) {
    return { kind: data.artifacts.length > 0 ? 'expired' : 'none' };
  }
  const { id, size_in_bytes: sizeBytes, created_at: createdAt, digest } = newest;
  const known = { createdAt: createdAt === null ? undefined : new Date(createdAt), digest: digest ?? undefined };
  return { kind: 'found', artifact: { id, name, sizeBytes, ...defined(known) } };
}
