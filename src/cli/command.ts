import type { Bundles } from '../check/bundles.ts';
import type { Log } from '../system/ports.ts';
import type { Arguments, Flags } from './arguments.ts';

/** What a command needs of the process it runs in. */
export interface Terminal {
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly bundles: Bundles;
  readonly log: Log;
  /** The result, on standard output, without what would act on a terminal. */
  print(text: string): void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** Columns of the terminal on standard error, where progress is drawn; absent: it is no terminal. */
  readonly progressWidth?: number;
  readonly signal: AbortSignal;
}

/** One command of the command line; a file each. */
export interface Command {
  readonly name: string;
  /** e.g. `compare BASELINE ACTUAL [options]`. */
  readonly usage: string;
  readonly summary: string;
  readonly flags: Flags;
  /** Fewest and most positional arguments. */
  readonly positionals: readonly [fewest: number, most: number];
  /** It looks at the terminal's signal itself, and has something to say when that aborts. Default: it is left to itself then. */
  readonly stopsItself?: true;
  /** Returns the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
}

/** Exit codes: the check passed; it found something; it could not be started as asked; Ctrl+C came before it had anything to say. */
export const exitCodes = { passed: 0, failed: 1, wrongInput: 2, stopped: 130 } as const;
