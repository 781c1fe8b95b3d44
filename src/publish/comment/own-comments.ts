import type { GithubApi } from '../../github/api.ts';
import type { Repository } from '../../github/repository.ts';
import { type CommentMarker, parseMarker } from './marker.ts';

/** A comment that an earlier run wrote. */
export interface OwnComment {
  readonly id: number;
  /** Where people read it. */
  readonly url: string;
  readonly marker: CommentMarker;
}

/** The account of the token that every workflow is given, for where GitHub does not tell. */
const workflowLogin = 'github-actions[bot]';

/**
 * The comments with our marker and key that the token's own account wrote, oldest first, over all pages. Nobody else's
 * comment is taken for ours, whatever it begins with. Throws what the API throws.
 */
export async function findOwnComments(
  api: GithubApi,
  { owner, name }: Repository,
  pullRequest: number,
  key: string,
): Promise<OwnComment[]> {
  const marked: (OwnComment & { readonly login: string })[] = [];
  const pages = api.paginate.iterator(api.rest.issues.listComments, {
    owner,
    repo: name,
    issue_number: pullRequest,
    per_page: 100,
  });
  for await (const { data } of pages) {
    for (const { id, html_url: url, body, user } of data) {
      const marker = parseMarker(body ?? '');
      if (marker?.key === key && user !== null) {
        marked.push({ id, url, marker, login: user.login });
      }
    }
  }
  if (marked.length === 0) {
    return [];
  }
  const ownLogin = await askOwnLogin(api);
  return marked.filter(({ login }) => sameAccount(login, ownLogin)).map(({ login: _, ...comment }) => comment);
}

/** REST tells only people who they are; GraphQL tells apps too. */
export async function askOwnLogin(api: GithubApi): Promise<string> {
  try {
    const { viewer } = await api.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer.login;
  } catch {
    return workflowLogin;
  }
}

/** GraphQL names some apps without the suffix that REST gives them. No person's name can end in it. */
export function sameAccount(login: string, ownLogin: string): boolean {
  return login === ownLogin || login === `${ownLogin}[bot]`;
}
