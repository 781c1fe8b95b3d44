import { neutralizeForTerminal } from '../basics/text.ts';
import { locateBundles } from '../check/bundles.ts';
import { InputError } from '../errors/problem.ts';
import { isUserError } from '../errors/user-error.ts';
import { describeStop } from '../system/describe-stop.ts';
import { guardOutput } from '../system/guarded-output.ts';
import { stackOf } from '../system/source-stack.ts';
import { isStopped, type Stop, stopReason } from '../system/stop-signal.ts';
import { UsageError } from './arguments.ts';
import { exitCodes, type Terminal } from './command.ts';
import { consoleLog } from './console-log.ts';
import { runCommandLine } from './main.ts';

if (process.env['GITHUB_ACTIONS'] === 'true') {
  guardOutput();
}
const here = import.meta.url;

/** Runs the command line of this process and sets the exit code. */
export async function runTerminal(stop: Stop): Promise<void> {
  const { stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    // `plan | head` closes the pipe as soon as it has enough, which is no fault.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        throw error;
      }
    });
  }
  const terminal: Terminal = {
    directory: process.cwd(),
    env: process.env,
    bundles: locateBundles(new URL('..', here)),
    log: consoleLog((text) => stderr.write(text)),
    print: (text) => stdout.write(`${neutralizeForTerminal(text)}\n`),
    color: stdout.isTTY === true && stdout.hasColors(),
    ...(stderr.isTTY === true ? { progressWidth: stderr.columns } : {}),
    signal: stop.signal,
  };
  try {
    process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
  } catch (error) {
    process.exitCode = report(error, terminal);
  }
  if (stop.signal.aborted) {
    // Nothing that was left waiting holds the terminal.
    setTimeout(() => process.exit(), 0).unref();
  }
}

function report(error: unknown, { log, signal }: Pick<Terminal, 'log' | 'signal'>): number {
  if (signal.aborted) {
    const why = isStopped(error) ? error : stopReason(signal);
    log.error(describeStop(why).message);
    return why.code === 'cancelled' ? exitCodes.stopped : exitCodes.failed;
  }
  if (error instanceof UsageError || error instanceof InputError) {
    log.error(error.message);
    return exitCodes.wrongInput;
  }
  if (isUserError(error)) {
    log.error(`${error.message}\n${error.fix}`);
    return error.wrongInput ? exitCodes.wrongInput : exitCodes.failed;
  }
  log.error(`This is a fault of Visual Capture itself; please report it.\n${stackOf(error)}`);
  return exitCodes.failed;
}
