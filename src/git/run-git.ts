import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { defined } from '../basics/record.ts';
import { GitError, readGitError } from './git-error.ts';

export interface GitCall {
  /** Where git runs. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** What git reads from its standard input. */
  readonly input?: Uint8Array | string;
  /** Most bytes that git may write. Default: 64 MiB. */
  readonly maxOutputBytes?: number;
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

const defaultOutputBytes = 64 * 1024 * 1024;
/** What is kept of messages; the reason stands at their end. */
const maxMessageLength = 64 * 1024;

/** How git ended; `output` is its standard output. */
export type GitAnswer =
  | { readonly kind: 'done'; readonly output: Buffer }
  | { readonly kind: 'failed'; readonly output: Buffer; readonly stderr: string };

/**
 * Runs git, without a shell, and gives back how it ended.
 * @throws GitError `missing-git`; the signal's reason when it aborts.
 */
export async function tryGit(args: readonly string[], call: GitCall): Promise<GitAnswer> {
  call.signal?.throwIfAborted();
  const child = spawn('git', args, {
    cwd: call.directory,
    env: call.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...defined({ signal: call.signal }),
  });
  const limit = call.maxOutputBytes ?? defaultOutputBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) {
      child.kill();
    } else {
      chunks.push(chunk);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-maxMessageLength);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  // git may end before it has read everything; how it ended says more than the broken pipe.
  const fed = pipeline([Buffer.from(call.input ?? '')], child.stdin).catch(() => undefined);
  const exitCode = await ended.catch((error: unknown) => {
    call.signal?.throwIfAborted();
    throw new GitError('missing-git', 'git could not be started: is it installed and in the PATH?', { cause: error });
  });
  await fed;
  if (size > limit) {
    throw new GitError('other', `git ${args[0]} gave more than ${limit} bytes`);
  }
  const output = Buffer.concat(chunks);
  return exitCode === 0 ? { kind: 'done', output } : { kind: 'failed', output, stderr };
}

/**
 * Runs git, without a shell, and gives back its standard output.
 * @throws GitError when git is missing or ends with an error.
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<Buffer> {
  const answer = await tryGit(args, call);
  if (answer.kind === 'failed') {
    throw readGitError(answer.stderr, call.secrets ?? []);
  }
  return answer.output;
}
