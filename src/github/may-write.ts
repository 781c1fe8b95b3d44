import { type GithubApi, readRefusal } from './api.ts';
import type { Repository } from './repository.ts';

/**
 * Whether GitHub lets somebody write to the repository. It knows no permission of bots, whatever their app may do.
 * Throws what the API throws.
 */
export async function mayWrite(api: GithubApi, { owner, name }: Repository, username: string): Promise<boolean> {
  try {
    const { data } = await api.rest.repos.getCollaboratorPermissionLevel({ owner, repo: name, username });
    // Maintain and the like are told as the nearest of these.
    return data.permission === 'admin' || data.permission === 'write';
  } catch (error) {
    if (readRefusal(error)?.status === 404) {
      return false;
    }
    throw error;
  }
}
