import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hideSecrets } from '../address/hide-secrets.ts';
import { defined } from '../basics/record.ts';
import { makeTemporaryFolder } from '../system/temporary-folder.ts';
import { readGitError } from './git-error.ts';
import { readMachineSettings, type Setting } from './machine-settings.ts';
import { type PushResult, readPushAnswer } from './push-answer.ts';
import { branchOfRef, isRefName } from './ref-name.ts';
import { type GitIdentity, type GitRemote, gitEnvironment, remoteName, remoteSecrets } from './remote.ts';
import { type GitCall, runGit, tryGit } from './run-git.ts';
import { checkGitVersion } from './version.ts';

/** The id of a git object, as 40 hexadecimal digits. */
export type ObjectId = string;

/** Whether a text from outside is a whole id of a git object. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Files of a commit by path, with `/` on every system. */
export type Tree = ReadonlyMap<string, ObjectId>;

export interface CommitRequest {
  /** The commit it follows; none: a commit without history. */
  readonly parent?: ObjectId;
  /** Whose files stay, but for those named: the parent's, nobody's, or those of another commit. Default: `parent`. */
  readonly from?: 'parent' | 'empty' | { readonly commit: ObjectId };
  readonly write: Tree;
  readonly remove?: readonly string[];
  readonly message: string;
  readonly author: GitIdentity;
  readonly date: Date;
}

/** A commit as the history of a ref tells it. */
export interface HistoryCommit {
  readonly commit: ObjectId;
  readonly message: string;
}

/** A bare repository of our own in a temporary folder: no checkout, and no repository of the user is touched. */
export interface ScratchRepository extends AsyncDisposable {
  /**
   * Fetches the newest commit of a full ref name (`refs/…`) without history and without file contents; undefined when
   * the remote has no such ref.
   */
  fetchRef(ref: string): Promise<ObjectId | undefined>;
  /**
   * The newest commit of a full ref name and those before it, newest first, at most `limit`; without files. Empty when
   * the remote has no such ref.
   */
  fetchHistory(ref: string, limit: number): Promise<readonly HistoryCommit[]>;
  /** Fetches a commit by its id in the same way; undefined when the remote does not give it. */
  fetchCommit(commit: ObjectId): Promise<ObjectId | undefined>;
  /** The refs of the remote that match a pattern such as `refs/pull/*\/head`, by full name. */
  listRefs(pattern: string): Promise<ReadonlyMap<string, ObjectId>>;
  /** The branch that the remote calls its default, e.g. `main`; undefined when it names none. */
  defaultBranch(): Promise<string | undefined>;
  /** The ordinary files of a fetched or written commit. */
  readTree(commit: ObjectId): Promise<Tree>;
  /** Fetches the contents of those blobs of a fetched commit that are not here yet, in one request. */
  fetchBlobs(commit: ObjectId, blobs: Iterable<ObjectId>): Promise<void>;
  /** The content of a blob; one that was not fetched is fetched alone. */
  readBlob(blob: ObjectId, maxBytes?: number): Promise<Buffer>;
  /** Stores a content and gives back its id. */
  writeBlob(bytes: Uint8Array): Promise<ObjectId>;
  /** Makes a commit; nothing is sent yet. */
  commit(request: CommitRequest): Promise<ObjectId>;
  /** The filter that the .gitattributes of a commit give each of these paths, e.g. `lfs`; those without one are left out. */
  readFilters(commit: ObjectId, paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The settings in a configuration file of a commit, such as `.lfsconfig`, by their key in lower case. */
  readSettings(blob: ObjectId): Promise<ReadonlyMap<string, string>>;
  /**
   * Sends a commit and sets the ref to it, if the ref is still at `expected` (undefined: if it is still not there).
   * @throws GitError when the server could not be reached or lets nobody like us push.
   */
  pushRef(ref: string, commit: ObjectId, expected: ObjectId | undefined): Promise<PushResult>;
  /**
   * Deletes the ref, if it is still at `expected`.
   * @throws GitError as pushRef does.
   */
  deleteRef(ref: string, expected: ObjectId): Promise<PushResult>;
}

export interface ScratchOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** Where fetched commits are kept. */
const fetchedRef = 'refs/scratch/fetched';

/**
 * Opens a scratch repository for a remote; nothing is fetched yet. Every method throws GitError.
 * @throws GitError `missing-git`
 */
export async function openScratchRepository(remote: GitRemote, options: ScratchOptions = {}): Promise<ScratchRepository> {
  options.signal?.throwIfAborted();
  const folder = await makeTemporaryFolder('git');
  const directory = folder.path;
  const secrets = remoteSecrets(remote);
  const inherited = options.env ?? process.env;
  const environment = (machine: readonly Setting[]): Record<string, string> => ({
    ...gitEnvironment(remote, inherited, machine),
    GIT_DIR: directory,
  });
  let base: GitCall = { directory, env: environment([]), secrets, signal: options.signal };
  const git = async (args: readonly string[], call: Partial<GitCall> = {}): Promise<string> =>
    (await runGit(args, { ...base, ...call })).toString('utf8').trim();

  /** Undefined: the remote has no such thing. */
  async function fetch(source: string, ...more: readonly string[]): Promise<ObjectId | undefined> {
    const answer = await tryGit([...fetchArgs, '--depth=1', ...more, remoteName, `+${source}:${fetchedRef}`], base);
    if (answer.kind === 'done') {
      return git(['rev-parse', '--verify', `${fetchedRef}^{commit}`]);
    }
    if (/couldn't find remote ref|not our ref|no such remote ref|unadvertised object/i.test(answer.stderr)) {
      return undefined;
    }
    throw readGitError(answer.stderr, secrets);
  }

  async function fetchRef(ref: string, ...more: readonly string[]): Promise<ObjectId | undefined> {
    const commit = await fetch(checkRef(ref), '--write-fetch-head', ...more);
    // Where there is no such ref, git takes the branch `refs/heads/x` for the ref `refs/heads/x`.
    const fetched = commit === undefined ? '' : await readFile(join(directory, 'FETCH_HEAD'), 'utf8');
    return fetched.split('\t')[2]?.startsWith(`${describeFetched(ref)} of `) === true ? commit : undefined;
  }

  async function push(ref: string, source: string, expected: ObjectId | undefined): Promise<PushResult> {
    const lease = `--force-with-lease=${checkRef(ref)}:${expected ?? ''}`;
    const answer = await tryGit(['push', '--porcelain', '--no-verify', lease, remoteName, `${source}:${ref}`], base);
    const stderr = answer.kind === 'failed' ? hideSecrets(answer.stderr, secrets) : '';
    const result = readPushAnswer(ref, answer.output.toString('utf8'), stderr);
    if (result === undefined && answer.kind === 'failed') {
      throw readGitError(answer.stderr, secrets);
    }
    return result ?? { kind: 'pushed' };
  }

  try {
    checkGitVersion(await git(['--version']));
    await git(['init', '--quiet', '--bare', '--template=', directory]);
    const machine = await readMachineSettings(directory, inherited, { withToken: remote.token !== undefined });
    base = { ...base, env: environment(machine) };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }

  return {
    fetchRef: (ref) => fetchRef(ref),
    fetchHistory: async (ref, limit) => {
      const commit = await fetchRef(ref, '--filter=tree:0', `--depth=${limit}`);
      return commit === undefined ? [] : parseHistory(await git(['log', '-z', '--first-parent', '--format=%H%n%B', commit]));
    },
    fetchCommit: async (commit) => fetch(checkObjectId(commit)),
    listRefs: async (pattern) => parseRefs(await git(['ls-remote', '--quiet', remoteName, pattern])),
    defaultBranch: async () =>
      /^ref: refs\/heads\/([^\t\n]+)\tHEAD$/m.exec(await git(['ls-remote', '--symref', remoteName, 'HEAD']))?.[1],
    readTree: async (commit) => parseTree(await git(['ls-tree', '-r', '-z', '--full-tree', commit])),
    fetchBlobs: async (commit, blobs) => {
      const missing = parseMissing(await git(['rev-list', '--objects', '--missing=print', '--no-object-names', commit]));
      const wanted = new Set([...blobs].filter((blob) => missing.has(blob)));
      if (wanted.size > 0) {
        // Negotiation is about commits; a blob has none, so git would refuse what it was sent.
        await git(['-c', 'fetch.negotiationAlgorithm=noop', ...fetchArgs, '--stdin', remoteName], {
          input: `${[...wanted].join('\n')}\n`,
        });
      }
    },
    // What is here is read in no time, also for a run that was stopped and still judges what it has.
    readBlob: (blob, maxBytes) =>
      runGit(['cat-file', 'blob', blob], { ...base, signal: undefined, ...defined({ maxOutputBytes: maxBytes }) }),
    writeBlob: (bytes) => git(['hash-object', '-w', '--stdin', '--no-filters'], { input: bytes }),
    commit: async (request) => {
      const { parent, from = 'parent', author, date } = request;
      const start = typeof from === 'object' ? from.commit : from === 'parent' ? parent : undefined;
      await git(['read-tree', start ?? '--empty']);
      await git(['update-index', '-z', '--index-info'], { input: renderIndex(request) });
      // What was not fetched is on the server; only its id is needed.
      const tree = await git(['write-tree', '--missing-ok']);
      const at = `@${Math.floor(date.getTime() / 1000)} +0000`;
      return git(['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent]), '-F', '-'], {
        input: request.message,
        env: {
          ...base.env,
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.email,
          GIT_AUTHOR_DATE: at,
          GIT_COMMITTER_NAME: author.name,
          GIT_COMMITTER_EMAIL: author.email,
          GIT_COMMITTER_DATE: at,
        },
      });
    },
    readFilters: async (commit, paths) => {
      await git(['read-tree', commit]);
      return parseFilters(
        await git(['check-attr', '--cached', '-z', '--stdin', 'filter'], { input: paths.map((path) => `${path}\0`).join('') }),
      );
    },
    readSettings: async (blob) => parseSettings(await git(['config', '--blob', blob, '--null', '--list'])),
    pushRef: (ref, commit, expected) => push(ref, commit, expected),
    deleteRef: (ref, expected) => push(ref, '', expected),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}

const fetchArgs = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'] as const;

/** Only full names are taken: a short one could be read as an option or mean several refs. */
function checkRef(ref: string): string {
  if (!isRefName(ref)) {
    throw new TypeError(`"${ref}" is no full name of a ref.`);
  }
  return ref;
}

/** Only whole ids are taken, for the same reason. */
function checkObjectId(id: string): ObjectId {
  if (!isObjectId(id)) {
    throw new TypeError(`"${id}" is no id of a git object.`);
  }
  return id;
}

/** How FETCH_HEAD names what was fetched. */
function describeFetched(ref: string): string {
  const branch = branchOfRef(ref);
  const tag = ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined;
  return branch === undefined ? (tag === undefined ? `'${ref}'` : `tag '${tag}'`) : `branch '${branch}'`;
}

/** Reads `id LF message NUL` entries. */
function parseHistory(output: string): HistoryCommit[] {
  return output.split('\0').flatMap((entry) => {
    const end = entry.indexOf('\n');
    return end < 0 ? [] : [{ commit: entry.slice(0, end).trim(), message: entry.slice(end + 1) }];
  });
}

/** Reads `id TAB name` lines. */
function parseRefs(output: string): ReadonlyMap<string, ObjectId> {
  const lines = output.split('\n').map((line) => line.split('\t'));
  return new Map(
    lines.flatMap(([id, name]): [string, ObjectId][] => (id === undefined || name === undefined ? [] : [[name, id]])),
  );
}

/** Reads `path NUL filter NUL value NUL` triples; what is not set, or set to nothing, is no filter. */
function parseFilters(output: string): ReadonlyMap<string, string> {
  const fields = output.split('\0');
  const values = fields.flatMap((value, at): [string, string][] => (at % 3 === 2 ? [[fields[at - 2] ?? '', value]] : []));
  return new Map(values.filter(([, value]) => !['unspecified', 'unset', 'set', ''].includes(value)));
}

/** Reads `key LF value NUL`; the last one of a key counts. */
function parseSettings(output: string): ReadonlyMap<string, string> {
  const entries = output.split('\0').filter((entry) => entry !== '');
  return new Map(
    entries.map((entry): [string, string] => {
      const [key = '', ...value] = entry.split('\n');
      return [key.toLowerCase(), value.join('\n')];
    }),
  );
}

/** Reads `mode type id TAB path NUL` lines; links and submodules are left out. */
function parseTree(output: string): Tree {
  const entries = output.split('\0').flatMap((entry): [string, ObjectId][] => {
    const found = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(entry);
    return found === null ? [] : [[found[2] ?? '', found[1] ?? '']];
  });
  return new Map(entries);
}

/** Objects that the repository knows of but does not hold, written `?id`. */
function parseMissing(output: string): ReadonlySet<ObjectId> {
  return new Set(output.split('\n').flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])));
}

/** The changes in the form of `update-index --index-info`; mode 0 takes a file away. */
function renderIndex({ write, remove = [] }: CommitRequest): string {
  const none = '0'.repeat(40);
  return [...remove.map((path) => `0 ${none}\t${path}\0`), ...[...write].map(([path, blob]) => `100644 ${blob}\t${path}\0`)].join(
    '',
  );
}
