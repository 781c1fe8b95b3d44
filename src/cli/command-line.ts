import { neutralizeForTerminal } from '../basics/text.ts';
import { locateBundles } from '../check/bundles.ts';
import { InputError } from '../errors/problem.ts';
import { isUserError } from '../errors/user-error.ts';
import { guardOutput } from '../system/guarded-output.ts';
import { stopSignal } from '../system/stop-signal.ts';
import { UsageError } from './arguments.ts';
import { exitCodes, type Terminal } from './command.ts';
import { consoleLog } from './console-log.ts';
import { runCommandLine } from './main.ts';

if (process.env['GITHUB_ACTIONS'] === 'true') {
  guardOutput();
}
const here = import.meta.url;
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
  signal: stopSignal(),
};

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
} catch (error) {
  process.exitCode = report(error);
}

function report(error: unknown): number {
  if (error instanceof UsageError || error instanceof InputError) {
    terminal.log.error(error.message);
    return exitCodes.wrongInput;
  }
  if (isUserError(error)) {
    terminal.log.error(`${error.message}\n${error.fix}`);
    return error.wrongInput ? exitCodes.wrongInput : exitCodes.failed;
  }
  terminal.log.error(
    `This is a fault of Visual Capture itself; please report it.\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return exitCodes.failed;
}
