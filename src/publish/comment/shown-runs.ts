import type { GithubApi } from '../../github/api.ts';
import { mayWrite } from '../../github/may-write.ts';
import type { Repository } from '../../github/repository.ts';
import { type CommentMarker, parseMarker } from './marker.ts';
import { askOwnLogin, sameAccount } from './own-comments.ts';

/** A run, and the comment of ours that shows it. */
export interface ShownRun {
  readonly runId: number;
  readonly comment: ShownComment;
}

export interface ShownComment {
  readonly id: number;
  /** As GraphQL knows it. */
  readonly nodeId: string;
  readonly author: string;
  readonly marker: CommentMarker;
  readonly body: string;
}

interface Author {
  readonly login: string;
  /** As GitHub tells it: `User`, `Bot`, … */
  readonly type: string;
}

/**
 * The run that the comments on a pull request show, by their key: what somebody who accepts has looked at. Other than for
 * a comment that is to be updated, the author may be another account of ours, such as an App that writes the comments
 * while the workflow's own token accepts: a bot, or somebody who may write. Nobody else's comment names a run.
 * Throws what the API throws.
 */
export async function findShownRuns(
  api: GithubApi,
  repository: Repository,
  pullRequest: number,
): Promise<ReadonlyMap<string, ShownRun>> {
  const marked = await listMarked(api, repository, pullRequest);
  const isTrusted = trustOf(api, repository);
  const runs = new Map<string, ShownRun>();
  // Of two that were written at the same time, the newer run counts.
  for (const { marker, author, ...comment } of marked.toSorted((one, other) => other.marker.runId - one.marker.runId)) {
    if (!runs.has(marker.key) && (await isTrusted(author))) {
      runs.set(marker.key, { runId: marker.runId, comment: { ...comment, author: author.login, marker } });
    }
  }
  return runs;
}

async function listMarked(
  api: GithubApi,
  { owner, name }: Repository,
  pullRequest: number,
): Promise<(Omit<ShownComment, 'author'> & { readonly author: Author })[]> {
  const place = { owner, repo: name, issue_number: pullRequest, per_page: 100 };
  const comments = await api.paginate(api.rest.issues.listComments, place);
  return comments.flatMap(({ id, node_id: nodeId, body = '', user }) => {
    const marker = parseMarker(body);
    const author = user === null ? undefined : { login: user.login, type: user.type };
    return marker === undefined || author === undefined ? [] : [{ id, nodeId, body, marker, author }];
  });
}

/** Asks GitHub once for each account. */
function trustOf(api: GithubApi, repository: Repository): (author: Author) => Promise<boolean> {
  const known = new Map<string, boolean>();
  let ownLogin: string | undefined;
  const ask = async ({ login, type }: Author): Promise<boolean> => {
    if (type === 'Bot') {
      return true;
    }
    ownLogin ??= await askOwnLogin(api);
    return sameAccount(login, ownLogin) || (await mayWrite(api, repository, login));
  };
  return async (author) => {
    const trusted = known.get(author.login) ?? (await ask(author));
    known.set(author.login, trusted);
    return trusted;
  };
}
