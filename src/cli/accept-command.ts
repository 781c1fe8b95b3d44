import { resolve } from 'node:path';
import { parseConfigFile } from '../inputs/config-file.ts';
import { defaultConfigFiles } from '../inputs/load.ts';
import { suggestKnown } from '../inputs/nearest.ts';
import { InputError, type Problem } from '../inputs/problem.ts';
import type { InputName } from '../inputs/spec.ts';
import { Values } from '../inputs/values.ts';
import { readLastCaptures } from '../last-run.ts';
import { unsafeNameReason } from '../plan/safe-name.ts';
import { openFolder } from '../system/folder.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { inputFlags, inputValues } from './input-flags.ts';

const settingNames: readonly InputName[] = ['config', 'output', 'baseline-directory'];

export const acceptCommand: Command = {
  name: 'accept',
  usage: 'accept [IDS…] [options]',
  summary:
    'Take captures of the last run as baselines, byte for byte, with no new capture. Without ids: all that changed or were added.',
  flags: inputFlags(settingNames),
  positionals: [0, Number.MAX_SAFE_INTEGER],
  run: async (args, terminal) => {
    const values = await readSettings(args, terminal);
    const outputPath = values.require('output');
    const directory = values.require('baseline-directory');
    const output = openFolder(resolve(terminal.directory, outputPath), outputPath);
    const baselines = openFolder(resolve(terminal.directory, directory), directory);

    const pictures = await readAcceptable(output);
    const wanted = args.positionals.length === 0 ? [...pictures.keys()] : args.positionals;
    const unknown = wanted.filter((id) => !pictures.has(id));
    if (unknown.length > 0) {
      const lines = unknown.map(
        (id) =>
          `"${id}" did not change and was not added in the last run (${outputPath}/results.json). ${suggestKnown(id, [...pictures.keys()])}`,
      );
      throw new UsageError(lines.join('\n'));
    }
    for (const id of wanted) {
      const file = pictures.get(id) ?? '';
      const bytes = await output.read(file);
      if (bytes === undefined) {
        throw new UsageError(`${outputPath}/${file} is gone. Run the check again.`);
      }
      await baselines.write(`${id}.png`, bytes);
      terminal.print(`${directory}/${id}.png`);
    }
    terminal.log.info(
      wanted.length === 0 ? 'Nothing changed or was added in the last run.' : `${wanted.length} taken as baselines. Commit them.`,
    );
    return exitCodes.passed;
  },
};

/** The pictures of the last run that can become a baseline, by id. */
async function readAcceptable(output: ReturnType<typeof openFolder>): Promise<Map<string, string>> {
  const captures = await readLastCaptures(output);
  if (captures === undefined) {
    throw new UsageError(
      `There is no ${output.path}/results.json. Run visual-capture check first, or set --output to where its results are.`,
    );
  }
  return new Map(
    captures.flatMap(({ id, status, files }): [string, string][] => {
      const acceptable = (status === 'changed' || status === 'added') && unsafeNameReason(id) === undefined;
      const actual = `actual/${id}.png`;
      return acceptable && files.includes(actual) ? [[id, actual]] : [];
    }),
  );
}

/** Reads only what it needs: the rest of the config file may depend on an environment that is not there now. */
async function readSettings(args: Arguments, terminal: Terminal): Promise<Values> {
  const problems: Problem[] = [];
  const given = inputValues(args);
  const located = new Map([...given].map(([name, raw]) => [name, { raw, place: { kind: 'input', name } as const }]));
  const workspace = openFolder(terminal.directory, '');
  const wanted = given.get('config');
  let config = parseConfigFile('', '', {});
  for (const file of wanted === undefined ? defaultConfigFiles : [wanted]) {
    const bytes = await workspace.read(file);
    if (bytes !== undefined) {
      config = parseConfigFile(new TextDecoder().decode(bytes), file, terminal.env);
      break;
    }
    if (wanted !== undefined) {
      throw new UsageError(`There is no file ${wanted}.`);
    }
  }
  const values = new Values([located, config.inputs], problems);
  values.get('output');
  values.get('baseline-directory');
  if (problems.length > 0) {
    throw new InputError(problems);
  }
  return values;
}
