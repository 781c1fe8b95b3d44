import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { untilAborted } from '../system/until-aborted.ts';
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
  /** Default: 10 minutes, for a fetch of thousands of pictures. A server that stalls is given up long before (remote.ts). */
  readonly limitMs?: number;
}

const defaultLimitMs = 600_000;
/** What git wrote last is read in far less. */
const pipesAfterExitMs = 2_000;
const defaultOutputBytes = 64 * 1024 * 1024;
/** What is kept of messages; the reason stands at their end. */
const maxMessageLength = 64 * 1024;

/** How git ended; `output` is its standard output. */
export type GitAnswer =
  | { readonly kind: 'done'; readonly output: Buffer }
  | { readonly kind: 'failed'; readonly output: Buffer; readonly stderr: string };

/**
 * Runs git, without a shell, and gives back how it ended. When it takes too long or the signal aborts, git and everything
 * that it has started is killed, and nobody waits for what may still hold its pipes.
 * @throws GitError `missing-git`, `network` when it took too long; the signal's reason when it aborts.
 */
export async function tryGit(args: readonly string[], call: GitCall): Promise<GitAnswer> {
  call.signal?.throwIfAborted();
  const { limitMs = defaultLimitMs } = call;
  const tooLong = new AbortController();
  const timer = setTimeout(
    () => tooLong.abort(new GitError('network', `git ${args[0]} took longer than ${limitMs / 1000} s`)),
    limitMs,
  );
  const child = spawn('git', args, {
    cwd: call.directory,
    env: call.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: ownGroup,
  });
  const given = AbortSignal.any([tooLong.signal, ...(call.signal === undefined ? [] : [call.signal])]);
  try {
    return await untilAborted(given, () => answerOf(child, args, call));
  } catch (error) {
    if (given.aborted) {
      abandon(child);
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A group of its own, so that the programs that git starts for the network can be ended with it. Windows has no groups; at
 * a terminal Ctrl+C ends them, and there ssh must be able to ask for a passphrase, which needs that terminal.
 */
const ownGroup = process.platform !== 'win32' && !process.stdin.isTTY;

/** Kills the whole group at once: the repository is a temporary one, so there is nothing to put in order. */
function abandon(child: ChildProcess): void {
  try {
    if (ownGroup && child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
    } else {
      child.kill('SIGKILL');
    }
  } catch {
    // It has ended meanwhile.
  }
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    stream?.destroy();
  }
  child.unref();
}

async function answerOf(child: ChildProcessWithoutNullStreams, args: readonly string[], call: GitCall): Promise<GitAnswer> {
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
    // What git has left running may hold its pipes for as long as it likes.
    child.on('exit', (code) => setTimeout(() => resolve(code), pipesAfterExitMs).unref());
  });
  // git may end before it has read everything; how it ended says more than the broken pipe.
  const fed = pipeline([Buffer.from(call.input ?? '')], child.stdin).catch(() => undefined);
  const exitCode = await ended.catch((error: unknown) => {
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
