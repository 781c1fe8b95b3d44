import { hideSecrets } from '../address/hide-secrets.ts';
import { readRemoteWords } from './push-answer.ts';

/** What went wrong, as far as a caller can act on it. */
export type GitFault =
  /** There is no git on this machine, or one that is too old. */
  | 'missing-git'
  /** The server did not answer, or not to the end; the same may work later. */
  | 'network'
  /** The server does not know who asks: no credentials, or wrong ones. */
  | 'unauthorized'
  /** The server knows who asks and says no: no such permission, or no such repository for this token. */
  | 'forbidden'
  /** Anything else; the message says what git said. */
  | 'other';

/** git ended with an error. The message is one line of what it said, without credentials. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly fault: GitFault;

  constructor(fault: GitFault, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.fault = fault;
  }
}

/** What git and libcurl write for each fault, most specific first (read from git 2.39 to 2.52 and curl 7.88). */
const signs: readonly (readonly [GitFault, RegExp])[] = [
  [
    'unauthorized',
    /authentication failed|could not read username|invalid username or (password|token)|permission denied \(|returned error: 401/i,
  ],
  ['forbidden', /returned error: (403|404)|permission to .* denied|repository .*not found|write access .* not granted/i],
  [
    'network',
    /could not resolve host|failed to connect|couldn't connect|connection (refused|reset|timed out)|operation (timed out|too slow)|returned error: (408|429|5\d\d)|rpc failed|early eof|unexpected disconnect|hung up unexpectedly|empty reply|ssl|gnutls/i,
  ],
];

/** Reads git's standard error into an error; `secrets` never appear in it. */
export function readGitError(stderr: string, secrets: readonly string[]): GitError {
  const fault = signs.find(([, sign]) => sign.test(stderr))?.[0] ?? 'other';
  return new GitError(fault, lineThatSaysWhy(hideSecrets(stderr, secrets)).replace(/\p{Cc}/gu, ''));
}

function lineThatSaysWhy(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const remote = readRemoteWords(stderr);
  const why = lines.find((line) => /^(fatal|error): /.test(line)) ?? lines.at(-1) ?? 'git gave no reason';
  return remote === '' || why.startsWith('remote:') ? why : `${why} (remote: ${remote})`;
}
