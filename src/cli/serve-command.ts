import { defined } from '../basics/record.ts';
import { isUserError } from '../errors/user-error.ts';
import { integer } from '../inputs/value-types.ts';
import { captureScope } from '../services/apiscreenshot/key.ts';
import { whenAborted } from '../system/when-aborted.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { type Command, exitCodes } from './command.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve [options]',
  summary: 'Run the built-in engine as a server that speaks the capture service’s protocol, on 127.0.0.1.',
  flags: {
    port: { placeholder: 'N', description: 'Port to listen on. Default: any free one.' },
    'api-key': { placeholder: 'KEY', description: 'The key to take. Default: a random one, which is printed.' },
    'allow-private': { description: 'Capture localhost and private addresses as well.' },
    'browser-path': { placeholder: 'PATH', description: 'Chrome or Chromium to use. Default: one found on the machine.' },
    capacity: {
      placeholder: 'N',
      description: 'Captures at once before the answer is engine_busy. Default: by the cores of the machine.',
    },
    credits: { placeholder: 'N', description: 'Captures before the answer is payment_required. Default: no end.' },
    fault: {
      placeholder: 'FAULT',
      repeatable: true,
      description: 'Answer with a fault, e.g. engine_busy:first=3,retry-after=2. --fault help lists them all.',
    },
  },
  positionals: [0, 0],
  stopsItself: true,
  run: async (args, terminal) => {
    const { startEngine, parseFaults, renderFaultHelp } = await terminal.bundles.engine();
    const faults = args.flags.get('fault')?.split('\n') ?? [];
    if (faults.includes('help')) {
      terminal.print(renderFaultHelp());
      return exitCodes.passed;
    }
    const key = args.flags.get('api-key');
    await using engine = await startEngine({
      log: terminal.log,
      moduleFolders: [terminal.directory, terminal.bundles.folder],
      allowPrivate: args.flags.get('allow-private') === 'true',
      faults: asUsage(() => parseFaults(faults)),
      ...defined({
        port: readCount(args, 'port', 0, 65_535),
        capacity: readCount(args, 'capacity', 1, 100),
        credits: readCount(args, 'credits', 0, Number.MAX_SAFE_INTEGER),
        browserPath: args.flags.get('browser-path'),
        keys: key === undefined ? undefined : [{ key, scopes: [captureScope] }],
      }),
    });
    terminal.print(`Listening on ${engine.url}`);
    terminal.print(key === undefined ? `API key: ${engine.apiKey}` : 'API key: as given');
    terminal.log.info(`${engine.browser}, ${engine.capacity} captures at once. Ctrl+C ends it.`);
    await whenAborted(terminal.signal);
    return exitCodes.passed;
  },
};

function readCount({ flags }: Arguments, name: string, min: number, max: number): number | undefined {
  const written = flags.get(name);
  const parsed = written === undefined ? undefined : integer({ min, max }).parse(written);
  if (parsed !== undefined && 'problem' in parsed) {
    throw new UsageError(`--${name} ${parsed.problem}.`);
  }
  return parsed?.value;
}

/** A fault that cannot be read is a wrong argument here. */
function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw isUserError(error) ? new UsageError(`${error.message}\n${error.fix}`) : error;
  }
}
