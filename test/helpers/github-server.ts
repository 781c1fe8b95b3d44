import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkAnswer, exampleOf, type KnownRequest, readRequest } from './openapi.ts';

/** A comment on a pull request, as far as tests look at it. */
export interface StoredComment {
  readonly id: number;
  readonly login: string;
  /** The pull request that it is on; absent: on each. */
  readonly issue?: number;
  body: string;
}

/** A status that a commit was given. */
export interface StoredStatus {
  readonly commit: string;
  readonly state: string | undefined;
  readonly context: string | undefined;
  readonly description: string | undefined;
  readonly url: string | undefined;
}

export interface GithubRequest extends KnownRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

export interface GithubAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Answers an operation of the API; `undefined` leaves it to the server's own. */
export type GithubOperation = (request: GithubRequest) => GithubAnswer | undefined | Promise<GithubAnswer | undefined>;

export interface GithubServerOptions {
  /** The one token that is known. Default: `ghs_test`. */
  readonly token?: string;
  /** Who the token is. Default: `github-actions[bot]`. */
  readonly login?: string;
  /** What the token may do with pull requests. Default: `write`. */
  readonly pullRequests?: 'write' | 'read' | 'none';
  /** What the token may do with commit statuses. Default: `write`. */
  readonly statuses?: 'write' | 'none';
  /** On every pull request from the beginning. */
  readonly comments?: readonly Omit<StoredComment, 'id'>[];
  /** Who edited each comment and when, as its history tells. Default: GitHub tells of none. */
  readonly edits?: readonly CommentEdit[];
  /** Pull requests by the commit at their head. */
  readonly pullsByCommit?: Readonly<Record<string, readonly PullRequestFacts[]>>;
  /** Answers of a test's own, by operation, e.g. `issues/create-comment`. */
  readonly operations?: Readonly<Record<string, GithubOperation>>;
}

export interface CommentEdit {
  /** As REST names it; GraphQL leaves the `[bot]` out. */
  readonly login: string;
  readonly at: string;
}

export interface PullRequestFacts {
  readonly number: number;
  readonly state?: 'open' | 'closed';
  readonly headSha: string;
}

export interface GithubServer extends AsyncDisposable {
  /** What the runner sets as GITHUB_API_URL. */
  readonly apiUrl: string;
  readonly comments: readonly StoredComment[];
  /** The statuses that commits were given, in order. */
  readonly statuses: readonly StoredStatus[];
  readonly requests: readonly GithubRequest[];
  /** Requests that GitHub's description does not allow; must be empty. */
  readonly wrong: readonly string[];
}

const forbidden: GithubAnswer = {
  status: 403,
  body: { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com/rest', status: '403' },
};

/**
 * GitHub's REST API on 127.0.0.1, as far as the step uses it. Every request is held against GitHub's published
 * description, and so is every answer that is a success.
 */
export async function startGithubServer(options: GithubServerOptions = {}): Promise<GithubServer> {
  const { token = 'ghs_test', login = 'github-actions[bot]', pullRequests = 'write', statuses = 'write' } = options;
  const given: StoredStatus[] = [];
  const comments: StoredComment[] = (options.comments ?? []).map((comment, index) => ({ id: 100 + index, ...comment }));
  const requests: GithubRequest[] = [];
  const wrong: string[] = [];
  const mayWrite = pullRequests === 'write';

  const operations: Readonly<Record<string, GithubOperation>> = {
    'issues/list-comments': ({ url, path }) => {
      if (pullRequests === 'none') {
        return forbidden;
      }
      const { page, headers } = pageOf(
        comments.filter(({ issue }) => (issue ?? Number(path['issue_number'])) === Number(path['issue_number'])),
        url,
      );
      return { status: 200, headers, body: page.map(showComment) };
    },
    'issues/create-comment': ({ body, path }) => {
      if (!mayWrite) {
        return forbidden;
      }
      const comment = {
        id: 500 + comments.length,
        login,
        issue: Number(path['issue_number']),
        body: (body as { body: string }).body,
      };
      comments.push(comment);
      return { status: 201, body: showComment(comment) };
    },
    'issues/get-comment': ({ path }) => {
      const comment = comments.find(({ id }) => id === Number(path['comment_id']));
      return comment === undefined
        ? { status: 404, body: { message: 'Not Found' } }
        : { status: 200, body: showComment(comment) };
    },
    'issues/update-comment': ({ path, body }) => {
      if (!mayWrite) {
        return forbidden;
      }
      const comment = comments.find(({ id }) => id === Number(path['comment_id']));
      if (comment === undefined) {
        return { status: 404, body: { message: 'Not Found' } };
      }
      comment.body = (body as { body: string }).body;
      return { status: 200, body: showComment(comment) };
    },
    'issues/delete-comment': ({ path }) => {
      if (!mayWrite) {
        return forbidden;
      }
      comments.splice(
        comments.findIndex(({ id }) => id === Number(path['comment_id'])),
        1,
      );
      return { status: 204 };
    },
    'repos/create-commit-status': ({ path, body }) => {
      if (statuses === 'none') {
        return forbidden;
      }
      const { state, context, description, target_url: url } = body as Record<string, string>;
      given.push({ commit: path['sha'] ?? '', state, context, description, url });
      return { status: 201, body: { ...(exampleOf('repos/create-commit-status', 201) as object), state, context, description } };
    },
    'repos/list-pull-requests-associated-with-commit': ({ path }) =>
      pullRequests === 'none'
        ? forbidden
        : { status: 200, body: (options.pullsByCommit?.[path['commit_sha'] ?? ''] ?? []).map(showPullRequest) },
  };

  async function answer(incoming: IncomingMessage): Promise<GithubAnswer> {
    const text = Buffer.concat(await incoming.toArray()).toString();
    const url = new URL(incoming.url ?? '', origin);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (!['token', 'bearer'].some((scheme) => incoming.headers.authorization?.toLowerCase() === `${scheme} ${token}`)) {
      return { status: 401, body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' } };
    }
    const method = incoming.method ?? '';
    if (url.pathname === '/graphql') {
      return answerGraphql(body, login, options.edits);
    }
    const known = readRequest(method, url, body);
    if ('wrong' in known) {
      wrong.push(known.wrong);
      return { status: 422, body: { message: known.wrong } };
    }
    return perform({ ...known, method, url, body });
  }

  async function perform(request: GithubRequest): Promise<GithubAnswer> {
    const { operation } = request;
    requests.push(request);
    const answered = (await options.operations?.[operation]?.(request)) ?? (await operations[operation]?.(request));
    if (answered === undefined) {
      throw new TypeError(`This server does not know ${operation}.`);
    }
    const broken = answered.status < 300 ? checkAnswer(operation, answered.status, answered.body) : undefined;
    if (broken !== undefined) {
      throw new TypeError(`The answer to ${operation} is not GitHub's: ${broken}`);
    }
    return answered;
  }

  const server = createServer((incoming, response) => {
    answer(incoming).then(
      (given) => send(response, given),
      (error: unknown) => {
        wrong.push(String(error));
        send(response, { status: 500, body: { message: String(error) } });
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: origin,
    comments,
    statuses: given,
    requests,
    wrong,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The page of a list that a request asks for, with GitHub's link to the next one. */
export function pageOf<T>(
  all: readonly T[],
  url: URL,
): { readonly page: readonly T[]; readonly headers: Record<string, string> } {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const number = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  return {
    page: all.slice((number - 1) * size, number * size),
    headers: number * size < all.length ? { link: `<${next.href}>; rel="next"` } : {},
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: GithubAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function showComment({ id, login, body }: StoredComment): unknown {
  const example = exampleOf('issues/create-comment', 201) as { user: object };
  const type = login.endsWith('[bot]') ? 'Bot' : 'User';
  return {
    ...example,
    id,
    body,
    html_url: `https://github.com/octo/site/pull/7#issuecomment-${id}`,
    user: { ...example.user, login, type },
  };
}

function showPullRequest({ number, state = 'open', headSha }: PullRequestFacts): unknown {
  const [example] = exampleOf('repos/list-pull-requests-associated-with-commit', 200) as { head: object }[];
  // The example's teams lack a field that its own schema asks for.
  return { ...example, number, state, requested_teams: [], head: { ...example?.head, sha: headSha } };
}

/** The two questions of GraphQL's that the step asks; the description of the REST API does not have it. */
function answerGraphql(body: unknown, login: string, edits: readonly CommentEdit[] = []): GithubAnswer {
  const { query, variables } = body as { query: string; variables?: { id?: string } };
  if (query.includes('userContentEdits(first: 100)') && typeof variables?.id === 'string') {
    const nodes = edits.map(({ login: editor, at }) => ({
      editedAt: at,
      editor: { __typename: editor.endsWith('[bot]') ? 'Bot' : 'User', login: editor.replace(/\[bot\]$/, '') },
    }));
    return { status: 200, body: { data: { node: { userContentEdits: { pageInfo: { hasNextPage: false }, nodes } } } } };
  }
  return query === 'query { viewer { login } }'
    ? { status: 200, body: { data: { viewer: { login } } } }
    : { status: 200, body: { errors: [{ message: `cannot answer ${query}` }] } };
}
