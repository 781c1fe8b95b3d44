import { renderConfigSchema } from '../inputs/schema.ts';
import { type Command, exitCodes } from './command.ts';

export const schemaCommand: Command = {
  name: 'schema',
  usage: 'schema',
  summary: 'Print the JSON Schema of visual-capture.yml.',
  flags: {},
  positionals: [0, 0],
  run: async (_args, terminal) => {
    terminal.print(JSON.stringify(renderConfigSchema(), null, 2));
    return exitCodes.passed;
  },
};
