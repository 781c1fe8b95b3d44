import { version } from '../basics/product.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { untilAborted } from '../system/until-aborted.ts';
import { acceptCommand } from './accept-command.ts';
import { type Arguments, parseArguments, renderFlags, UsageError } from './arguments.ts';
import { checkCommand } from './check-command.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { compareCommand } from './compare-command.ts';
import { discoverCommand } from './discover-command.ts';
import { importCommand } from './import-command.ts';
import { initCommand } from './init-command.ts';
import { planCommand } from './plan-command.ts';
import { reportCommand } from './report-command.ts';
import { schemaCommand } from './schema-command.ts';
import { serveCommand } from './serve-command.ts';

const commands: readonly Command[] = [
  checkCommand,
  compareCommand,
  reportCommand,
  acceptCommand,
  planCommand,
  discoverCommand,
  serveCommand,
  initCommand,
  importCommand,
  schemaCommand,
];

/**
 * Runs the command that the arguments name and returns the exit code.
 * @throws UsageError, InputError, UserError for what a person has to put right.
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name] = args;
  if (name === '--version' || name === '-v') {
    terminal.print(version);
    return exitCodes.passed;
  }
  const asksHelp = args.includes('--help') || args.includes('-h') || name === 'help';
  if (asksHelp) {
    const command = findCommand(name);
    terminal.print(command === undefined ? renderOverview() : renderUsage(command));
    return exitCodes.passed;
  }
  const { command, given } = parseCommandLine(args);
  const run = (): Promise<number> => command.run(given, terminal);
  return await (command.stopsItself === true ? run() : untilAborted(terminal.signal, run));
}

/**
 * The command that the arguments name, and what is given to it.
 * @throws UsageError
 */
export function parseCommandLine([name, ...rest]: readonly string[]): { readonly command: Command; readonly given: Arguments } {
  const command = findCommand(name);
  if (command === undefined) {
    const known = commands.map((one) => one.name);
    throw new UsageError(
      name === undefined ? renderOverview() : `There is no command "${name}". ${suggestKnown(name, known, '--help')}`,
    );
  }
  const given = parseArguments(rest, command.flags);
  const [fewest, most] = command.positionals;
  if (given.positionals.length < fewest || given.positionals.length > most) {
    const extra = given.positionals[most];
    throw new UsageError(
      `${extra === undefined ? 'Arguments are missing' : `Unexpected argument "${extra}"`}. Usage: visual-capture ${command.usage}`,
    );
  }
  return { command, given };
}

export function findCommand(name: string | undefined): Command | undefined {
  return commands.find((known) => known.name === name);
}

function renderOverview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Usage: visual-capture COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'visual-capture COMMAND --help tells the options of a command.',
  ].join('\n');
}

function renderUsage({ usage, summary, flags }: Command): string {
  const options = Object.keys(flags).length === 0 ? [] : ['', 'Options:', renderFlags(flags)];
  return [`Usage: visual-capture ${usage}`, '', summary, ...options].join('\n');
}
