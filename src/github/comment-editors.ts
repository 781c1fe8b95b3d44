import { fieldOf, textOf } from '../basics/record.ts';
import type { GithubApi } from './api.ts';

const question = `query($id: ID!) {
  node(id: $id) {
    ... on IssueComment {
      userContentEdits(first: 100) { pageInfo { hasNextPage } nodes { editedAt editor { __typename login } } }
    }
  }
}`;

interface Edit {
  /** As REST names the account: a bot's ends in `[bot]`. */
  readonly login: string;
  readonly atMs: number;
}

/**
 * Who edited a comment since `isOurs` last did, by the history that GitHub keeps and shows; undefined where it cannot be
 * told, such as after very many edits, or of an account that is gone. An edit within the second of our own counts as later.
 */
export async function findEditors(
  api: Pick<GithubApi, 'graphql'>,
  nodeId: string,
  isOurs: (login: string) => boolean,
): Promise<readonly string[] | undefined> {
  const edits = await askEdits(api, nodeId);
  if (edits === undefined || edits.length === 0) {
    return undefined;
  }
  const since = Math.max(...edits.filter(({ login }) => isOurs(login)).map(({ atMs }) => atMs), 0);
  return [...new Set(edits.flatMap(({ login, atMs }) => (atMs >= since && !isOurs(login) ? [login] : [])))];
}

async function askEdits(api: Pick<GithubApi, 'graphql'>, id: string): Promise<Edit[] | undefined> {
  try {
    return readEdits(await api.graphql<unknown>(question, { id }));
  } catch {
    return undefined;
  }
}

function readEdits(answer: unknown): Edit[] | undefined {
  const history = fieldOf(fieldOf(answer, 'node'), 'userContentEdits');
  const nodes = fieldOf(history, 'nodes');
  if (!Array.isArray(nodes) || fieldOf(fieldOf(history, 'pageInfo'), 'hasNextPage') !== false) {
    return undefined;
  }
  const edits = nodes.map((node: unknown): Edit | undefined => {
    const editor = fieldOf(node, 'editor');
    const login = textOf(editor, 'login');
    const atMs = Date.parse(textOf(node, 'editedAt') ?? '');
    const suffix = textOf(editor, '__typename') === 'Bot' && login?.endsWith('[bot]') === false ? '[bot]' : '';
    return login === undefined || Number.isNaN(atMs) ? undefined : { login: `${login}${suffix}`, atMs };
  });
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}
