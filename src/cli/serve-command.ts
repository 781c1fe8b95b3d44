

import { integer } from '../inputs/value-types.ts';
import { UsageError } from './arguments.ts';
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
    capacity: { placeholder: 'N', description: 'Captures at once before the answer is engine_busy. Default: by the cores of the machine.' },
    credits: { placeholder: 'N', description: 'Captures before the answer is payment_required. Default: no end.' },
    fault: {
      placeholder: 'FAULT',
      repeatable: true,
      description: 'Answer with a fault, e.g. engine_busy:first=3,retry-after=2. --fault help lists them all.',
    },
  },
  positionals: [0, 0],
  run: async ({ flags }, terminal) => {
    const count = (name: string, min: number, max: number): number | undefined => {
      const written = flags.get(name);
      const parsed = written === undefined ? undefined : integer({ min, max }).parse(written);
      if (parsed !== undefined && 'problem' in parsed) {
        throw new UsageError(`--${name} ${parsed.problem}`);
      }
      return parsed?.value;
    };
    const { startEngine, parseFaults, renderFaultHelp } = await terminal.parts.engine();
    const faults = flags.get('fault')?.split('\n') ?? [];
    if (faults.includes('help')) {
      terminal.print(renderFaultHelp());
      return exitCodes.passed;
    }
  },
};
