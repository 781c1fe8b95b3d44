import { StringDecoder } from 'node:string_decoder';
import { defuseCommands, isCommandOf } from '../basics/defuse-commands.ts';

/**
 * What the libraries of GitHub that we use tell the runner, each with @actions/core and on a line of its own: signatures
 * to mask and remarks. None of them begins such a line with text from outside.
 */
const commandsOfLibraries = ['add-mask', 'debug', 'warning', 'error'];

let isOurCommand = false;

/** Writes commands for the runner, which pass the guard as they are. Texts in them must be escaped (src/publish/workflow-command.ts). */
export function writeCommands(write: () => void): void {
  isOurCommand = true;
  try {
    write();
  } finally {
    isOurCommand = false;
  }
}

/**
 * Makes everything that this process prints from now on, whoever prints it, mere text for the runner, but for what
 * `writeCommands` writes. Lines are let go when they are whole, so that no command is put together from pieces.
 */
export function guardOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    guard(stream);
  }
  // Node prints these itself, past the streams, and uncaught exceptions, which `listenForStop` takes over; they may quote
  // what came from outside.
  process.removeAllListeners('warning');
  process.on('warning', (warning) => process.stderr.write(`${warning.stack ?? warning.message}\n`));
}

type Write = typeof process.stdout.write;

function guard(stream: NodeJS.WriteStream): void {
  const write: Write = stream.write.bind(stream);
  const decoder = new StringDecoder('utf8');
  let unfinished = '';

  const guarded = (chunk: string | Uint8Array, ...more: readonly unknown[]): boolean => {
    const done = more.find((one): one is () => void => typeof one === 'function');
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    if (isOurCommand || (unfinished === '' && isCommandOf(commandsOfLibraries, text))) {
      // A command is one only at the beginning of a line.
      const before = unfinished === '' ? '' : `${defuseCommands(unfinished)}\n`;
      unfinished = '';
      return write(`${before}${text}`, done);
    }
    const all = unfinished + text;
    const end = Math.max(all.lastIndexOf('\n'), all.lastIndexOf('\r')) + 1;
    unfinished = all.slice(end);
    return write(defuseCommands(all.slice(0, end)), done);
  };
  stream.write = guarded as Write;
  process.on('exit', () => {
    const rest = unfinished + decoder.end();
    unfinished = '';
    if (rest !== '') {
      write(defuseCommands(rest));
    }
  });
}
